"""Policy flags: what screening found in a statement, and what became of it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from secrets import token_hex

from shared.contracts.organisation import OrganisationProfile, Side, Statement
from shared.contracts.screening import HOLDING, FlagState, FoundBy, Severity

SCREENING = "screening"
"""Who changes flags where no person does."""
_KEEPS_FROM_OTHERS = frozenset({FlagState.OPEN, FlagState.APPEALED, FlagState.UPHELD})


class Action(StrEnum):
    """What happens to a flag."""

    RAISED = "raised"
    APPEALED = "appealed"
    CLEARED = "cleared"
    UPHELD = "upheld"
    GONE = "gone"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Found:
    """A rule that a statement runs into now."""

    statement: str
    side: Side
    digest: str
    rule: str
    edition: int
    severity: Severity
    by: FoundBy
    spans: tuple[tuple[int, int], ...] = ()
    similarity: float | None = None

    @property
    def key(self) -> tuple[str, str, int, str]:
        """A decision holds for this: the statement as it is written, and the rule as it is."""
        return self.statement, self.rule, self.edition, self.digest


@dataclass(frozen=True)
class Flag:
    """One version of a flag."""

    id: str
    version: int
    organisation: str
    found: Found
    state: FlagState
    raised_at: datetime
    changed_at: datetime
    appeal: str | None = None
    appealed_at: datetime | None = None
    reason: str | None = None
    decided: FlagState | None = None
    """The last decision, which comes back when the text does."""
    decided_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it keeps its statement from others."""
        return self.found.severity in HOLDING and self.state in _KEEPS_FROM_OTHERS


@dataclass(frozen=True)
class FlagChange:
    """A flag's next version."""

    flag: Flag
    action: Action
    by: str


class FlagRefusedError(Exception):
    """A change that the flag's state does not allow; the reason in words."""


def statement_digest(statement: Statement) -> str:
    """Names all that is screened of a statement."""
    return hashlib.sha256(screened_text(statement).encode()).hexdigest()[:32]


def screened_text(statement: Statement) -> str:
    """The text, and what its facets say, a line each: those are shown too."""
    facets = statement.facets
    more = [value for _, value in facets if value] if facets else []
    return "\n".join([statement.text, *more])


def statements_of(profile: OrganisationProfile) -> Iterable[tuple[Side, Statement]]:
    """All statements with their side."""
    yield from ((Side.CAPABILITY, one) for one in profile.capabilities)
    yield from ((Side.NEED, one) for one in profile.needs)


def held_statements(flags: Iterable[Flag]) -> frozenset[str]:
    """Ids of the statements that are kept from others."""
    return frozenset(flag.found.statement for flag in flags if flag.holds)


def after_screening(
    organisation: str,
    known: Sequence[Flag],
    found: Iterable[Found],
    digests: Mapping[str, str],
    by: FoundBy,
    now: datetime,
) -> list[FlagChange]:
    """What changes when a statement is read again by patterns, or by likeness.

    `digests` are the statements as they are now. Only flags found the same way go, and those of
    statements that are not there any more: a statement held for its likeness stays so after a
    change, until it is compared again.
    """
    current = {flag.found.key: flag for flag in known}
    hits = {one.key: one for one in found}
    gone = [
        _gone(flag, now)
        for flag in known
        if flag.state is not FlagState.GONE
        and flag.found.key not in hits
        and (flag.found.by is by or flag.found.statement not in digests)
    ]
    raised = [
        change
        for key, hit in hits.items()
        if (change := _raised(organisation, current.get(key), hit, now))
    ]
    return [*gone, *raised]


def appealed(flag: Flag, text: str, by: str, now: datetime) -> FlagChange:
    """The organisation disagrees. Raises FlagRefusedError."""
    if flag.found.severity not in HOLDING:
        raise FlagRefusedError("this is a note; it holds nothing back")
    if flag.state not in (FlagState.OPEN, FlagState.UPHELD):
        raise FlagRefusedError(f"it is {flag.state.value}; there is nothing to appeal about")
    moved = _moved(flag, FlagState.APPEALED, now)
    return FlagChange(replace(moved, appeal=text, appealed_at=now), Action.APPEALED, by)


def decided(flag: Flag, decision: FlagState, reason: str, by: str, now: datetime) -> FlagChange:
    """A coordinator's word; it can be changed later. Raises FlagRefusedError."""
    if flag.state is FlagState.GONE:
        raise FlagRefusedError("the statement was changed or removed; there is nothing to decide")
    if flag.state is decision:
        raise FlagRefusedError(f"it is {decision.value} already")
    never_appealed = flag.appealed_at is None
    if decision is FlagState.CLEARED and flag.found.severity is Severity.BLOCK and never_appealed:
        raise FlagRefusedError("a block is cleared only when the member appeals")
    moved = _moved(flag, decision, now)
    told = replace(moved, reason=reason, decided=decision, decided_at=now)
    return FlagChange(told, Action(decision.value), by)


def forgotten(flag: Flag, now: datetime) -> FlagChange:
    """After an erasure: no words are left."""
    change = _gone(flag, now)
    return replace(change, flag=replace(change.flag, appeal=None, reason=None))


def _raised(organisation: str, known: Flag | None, hit: Found, now: datetime) -> FlagChange | None:
    if known is None:
        id = f"pf-{token_hex(8)}"
        return _by_screening(Flag(id, 1, organisation, hit, FlagState.OPEN, now, now), "raised")
    if known.state is not FlagState.GONE:
        return None
    back = _moved(known, known.decided or FlagState.OPEN, now)
    return _by_screening(replace(back, found=hit), "reopened")


def _gone(flag: Flag, now: datetime) -> FlagChange:
    return _by_screening(_moved(flag, FlagState.GONE, now), "gone")


def _by_screening(flag: Flag, action: str) -> FlagChange:
    return FlagChange(flag, Action(action), SCREENING)


def _moved(flag: Flag, state: FlagState, now: datetime) -> Flag:
    return replace(flag, state=state, version=flag.version + 1, changed_at=now)
