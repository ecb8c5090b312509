"""Policy screening: rules, what they find, flags, appeals and their decisions.

Public routes (prefix /v1):
- GET  /screening-rules                    the rules, for everybody who is signed in
- POST /screening/check                    what would be found in a text (live hints; not stored)
- GET  /screening/rescan                   how many organisations wait to be screened (staff)
- POST /screening/rescan                   screen everything again (coordinator, operator)
- GET  /policy-flags                       own flags for members, all for coordinators; filters
- GET  /policy-flags/{flag_id}             one, with the statement's text and its history; ETag
- POST /policy-flags/{flag_id}/appeal      the organisation's members; If-Match
- POST /policy-flags/{flag_id}/clearing    coordinators: cleared or upheld, reason; If-Match
- GET  /screening-audit                    what happened to flags, newest first (staff)
- GET  /screening-audit/verification       whether the audit trail is untouched (staff)
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.base import Contract, Line, OrganisationId, StatementId, Text
from shared.contracts.organisation import Language, Names, Side

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
FlagId = Annotated[str, StringConstraints(pattern=r"^pf-[0-9a-f]{16}$")]
Reason = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]


class Severity(StrEnum):
    """What a hit means. `note`: duties to know of; the statement is shown and matched.

    `hold`: kept from others until a coordinator has looked. `block`: kept from others until it
    is changed; a coordinator can clear it only when the member appeals.
    """

    NOTE = "note"
    HOLD = "hold"
    BLOCK = "block"


HOLDING = frozenset({Severity.HOLD, Severity.BLOCK})


class FlagState(StrEnum):
    """`gone`: the statement was changed or removed, or the rule does not find it any more."""

    OPEN = "open"
    APPEALED = "appealed"
    CLEARED = "cleared"
    UPHELD = "upheld"
    GONE = "gone"


class FoundBy(StrEnum):
    """By the rule's patterns, or by likeness to its prototype sentences."""

    PATTERN = "pattern"
    EMBEDDING = "embedding"


class Bilingual(Contract):
    """The same in both languages."""

    zh: Text
    en: Text


class Notice(Contract):
    """Where a rule comes from. What could not be verified is left out."""

    title: Line
    date: date
    """Of its publication, or from when it is in force; see `note`."""
    issued_by: tuple[Line, ...] = ()
    number: Line | None = None
    clause: Line | None = None
    note: Bilingual | None = None


class ScreeningRule(Contract):
    """A rule as it is told; its patterns are not."""

    id: RuleId
    edition: int
    """Counts up with its content: a clearing holds for one edition."""
    since: date
    severity: Severity
    title: Bilingual
    explanation: Bilingual
    what_to_change: Bilingual
    allowed: Bilingual
    """What looks alike and passes."""
    sources: tuple[Notice, ...]


class ScreeningRules(Contract):
    """All rules in force."""

    version: str
    items: tuple[ScreeningRule, ...]


class Span(Contract):
    """Characters of the text as it was written: `start` to before `end`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Finding(Contract):
    """A rule that a text runs into."""

    rule: RuleId
    severity: Severity
    title: Bilingual
    explanation: Bilingual
    what_to_change: Bilingual
    spans: tuple[Span, ...] = ()


class ScreeningRequest(Contract):
    """The body of POST /screening/check."""

    text: Annotated[Text, StringConstraints(min_length=1, max_length=8000)]


class ScreeningAnswer(Contract):
    """What the patterns find; `would_be_held`: it would be kept from others."""

    rules_version: str
    would_be_held: bool
    findings: tuple[Finding, ...]


class Appeal(Contract):
    """The body of POST .../appeal: why this is not what the rule means."""

    text: Reason


class Clearing(Contract):
    """The body of POST .../clearing. The reason is told to the member."""

    decision: Literal[FlagState.CLEARED, FlagState.UPHELD]
    reason: Reason


class FlagEvent(Contract):
    """One entry of a flag's history. Texts of appeals and reasons are not in the audit trail:
    they are in the flag, and go with an erasure."""

    number: int
    flag: FlagId
    organisation: OrganisationId
    action: Literal["raised", "appealed", "cleared", "upheld", "gone", "reopened"]
    state: FlagState
    by: str | None
    """None where the reader may not know who; `screening` for the platform itself."""
    at: datetime


class PolicyFlag(Contract):
    """A rule that one statement of an organisation runs into."""

    id: FlagId
    version: int
    """Of the flag; the ETag."""
    organisation: OrganisationId
    names: Names | None = None
    statement: StatementId
    side: Side
    text: str | None = None
    """The statement as it is now; None once it is gone, and in lists."""
    spans: tuple[Span, ...] = ()
    rule: RuleId
    severity: Severity
    title: Bilingual
    explanation: Bilingual
    what_to_change: Bilingual
    sources: tuple[Notice, ...] = ()
    found_by: FoundBy
    similarity: float | None = None
    """To the nearest prototype sentence, 0 to 1; for staff."""
    state: FlagState
    held: bool
    """Whether this flag keeps the statement from others now."""
    raised_at: datetime
    changed_at: datetime
    appeal: Text | None = None
    appealed_at: datetime | None = None
    reason: Text | None = None
    """The coordinator's, of the last decision."""
    decided_at: datetime | None = None
    history: tuple[FlagEvent, ...] = ()
    """Oldest first; empty in lists."""


class PolicyFlagPage(Contract):
    """Newest first."""

    items: tuple[PolicyFlag, ...]
    next_cursor: str | None = None


class FlagEventPage(Contract):
    """Newest first."""

    items: tuple[FlagEvent, ...]
    next_cursor: str | None = None


class AuditVerification(Contract):
    """Whether every entry is as it was written; `broken_at` names the first that is not."""

    intact: bool
    entries: int
    broken_at: int | None = None
    problem: str | None = None


POLICY_FLAG_CHANGED = "profiles.policy_flag.changed.v1"
"""Subject of `PolicyFlagChanged`."""


class PolicyFlagChanged(Contract):
    """A flag came to a state, on the stream PROFILES; the reader reads the flag."""

    event_id: str
    flag_id: FlagId
    version: int
    organisation_id: OrganisationId
    severity: Severity
    state: FlagState
    occurred_at: datetime
    request_id: str


class RescanStatus(Contract):
    """`waiting`: to be screened by patterns; `comparing`: to be compared with prototypes."""

    rules_version: str
    organisations: int
    waiting: int
    comparing: int


class Prototype(Contract):
    """A sentence that a rule means."""

    rule: RuleId
    text: Annotated[Text, StringConstraints(min_length=1, max_length=1000)]
    language: Language


class ComparedText(Contract):
    """A statement to compare with prototypes; `id` is the asker's own."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[Text, StringConstraints(min_length=1, max_length=8000)]
    language: Language
    side: Side


class SimilarityRequest(Contract):
    """The body of the matcher's internal POST /screening/similarities."""

    texts: Annotated[tuple[ComparedText, ...], Field(min_length=1, max_length=200)]
    prototypes: Annotated[tuple[Prototype, ...], Field(min_length=1, max_length=500)]


class TextSimilarities(Contract):
    """Best corrected cosine to a prototype of each rule, -1 to 1."""

    id: str
    by_rule: dict[RuleId, float]


class SimilarityAnswer(Contract):
    """In the order of the texts; `model` and `statistics` say which vectors were compared."""

    model: str
    statistics: int
    items: tuple[TextSimilarities, ...]
