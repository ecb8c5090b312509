"""The match page's document, its parts, and what an introduction opens."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.decisions import Reason
from shared.contracts.match_requests import Decision, MatchId, MatchOutcome, RubricScores
from shared.contracts.matches import (
    MatchChange,
    MatchOrganisation,
    MatchOrigin,
    MatchState,
)
from shared.contracts.organisation import Contact, Names
from shared.contracts.suggestions import Direction, Feature, Score


class MatchSide(MatchOrganisation):
    """One side of a match in its document."""

    version: int | None = None
    """The profile's version that the explanation rests on."""
    answered_at: datetime | None = None
    answered_by: str | None = None
    """For staff."""
    reasons: tuple[Reason, ...] = ()
    """Why declined; for staff and the side itself."""
    text: str | None = None
    """What came with the answer; as the reasons."""
    receives: Direction | None = None
    """How the other's capabilities answer this side's needs, read from the profiles as they are
    now; confidential texts of the other side are given to a member once both have said yes."""


class MatchDecision(Contract):
    """The last decision; for staff."""

    decision: Decision
    reasons: tuple[Reason, ...] = ()
    text: str | None = None
    by: str
    at: datetime
    undo_until: datetime | None = None
    """None where it cannot be undone (any more)."""


class MatchComment(Contract):
    """A coordinator's remark; members never read it."""

    id: int
    text: str
    by: str
    at: datetime


class MatchReview(Contract):
    """One reviewer's scores."""

    reviewer: str
    scores: RubricScores
    mean: float
    passes: bool
    """By the platform's thresholds."""
    text: str | None = None
    at: datetime


class Agreement(StrEnum):
    """What the reviewers say together."""

    NOT_ASKED = "not_asked"
    """One coordinator decides alone."""
    INCOMPLETE = "incomplete"
    FOR = "for"
    AGAINST = "against"
    SPLIT = "split"


class MatchRubric(Contract):
    """Scores and what they have to reach; for staff."""

    reviewers: int
    """How many must agree before it can be approved: 1 or 2."""
    minimum_each: int
    minimum_mean: float
    reviews: tuple[MatchReview, ...] = ()
    agreement: Agreement = Agreement.NOT_ASKED


class Resuggestion(Contract):
    """Why a pair that was turned down is here again, or from when it may be; for staff."""

    turned_down_at: datetime
    how: str
    """`rejected`, `declined`, `taken_back` (by its asker), `expired` or `closed`."""
    reasons: tuple[Reason, ...] = ()
    again_from: datetime
    """From then on it may be suggested again even where neither profile has changed."""
    because: str | None = None
    """`profile_changed`, `time_passed`, `requested`, or `returned` after a withdrawal; None while
    it is turned down."""
    changed: tuple[OrganisationId, ...] = ()
    """Whose profile has changed since."""


class HistoryEntry(Contract):
    """One step; members get those that concern them, without who and why."""

    seq: int | None = None
    """Of the audit trail; for staff."""
    change: MatchChange
    from_state: MatchState | None = None
    to_state: MatchState | None = None
    organisation: OrganisationId | None = None
    """Whose answer, request or capacity it is about."""
    reasons: tuple[Reason, ...] = ()
    by: str | None = None
    at: datetime


class MatchHistory(Contract):
    """Oldest first; at most the last 500 steps."""

    items: Annotated[tuple[HistoryEntry, ...], Field(max_length=500)]


class Match(Contract):
    """Everything that this reader may know of a match."""

    id: MatchId
    version: int
    """Also the ETag."""
    state: MatchState
    sides: tuple[MatchSide, MatchSide]
    """In bytewise order of their ids."""
    score: Score | None = None
    features: tuple[Feature, ...] = ()
    """What moved the score; for staff."""
    origin: MatchOrigin
    run: str | None = None
    """The run that suggested it last; for staff."""
    requested_by: OrganisationId | None = None
    request_text: str | None = None
    """What the member wrote who asked for the introduction; not for the other side."""
    assignee: str | None = None
    flags: tuple[str, ...] = ()
    """As in `MatchSummary`."""
    decision: MatchDecision | None = None
    rubric: MatchRubric | None = None
    comments: tuple[MatchComment, ...] = ()
    """Oldest first, at most the last 200; for staff."""
    resuggestion: Resuggestion | None = None
    outcome: MatchOutcome | None = None
    outcome_by: OrganisationId | None = None
    """The side that reported it; None where a coordinator or the platform did."""
    outcome_text: str | None = None
    """For staff and the side that wrote it."""
    waiting_for: tuple[OrganisationId, ...] = ()
    both_agreed: bool = False
    """Both sides have said yes."""
    contacts_open: bool = False
    """Whether /contacts answers: after the introduction, while both organisations are there."""
    allowed: tuple[str, ...] = ()
    """What this reader may do now: names of decisions, `undo`, `respond`, `outcome`, `assign`,
    `comment`, `score`."""
    created_at: datetime
    since: datetime
    updated_at: datetime
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    due_at: datetime | None = None
    history: tuple[HistoryEntry, ...] = ()
    """The last 50 steps, oldest first."""


class OrganisationContacts(Contract):
    """Whom to talk to on one side; None where that profile cannot be read any more."""

    organisation: OrganisationId
    names: Names | None = None
    contacts: tuple[Contact, ...] = ()


class MatchContacts(Contract):
    """Both sides', to both sides at once."""

    match_id: MatchId
    introduced_at: datetime
    sides: tuple[OrganisationContacts, OrganisationContacts]


class ContactsRight(Contract):
    """Internal: that this reader may read the contacts of these two."""

    match_id: MatchId
    introduced_at: datetime
    organisations: tuple[OrganisationId, OrganisationId]
