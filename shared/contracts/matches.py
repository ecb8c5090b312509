"""Matches: the durable record of an unordered pair of organisations, from suggestion to outcome.

Public routes (`match_document` has Match, MatchHistory and MatchContacts, `match_requests` the
bodies, `audit` the trail):

    GET  /v1/matches                     the queue; members get their own        MatchPage
    POST /v1/matches                     ask for an introduction                 Match (201)
    GET  /v1/matches/counts              by state, under the same filters        MatchCounts
    GET  /v1/matches/{id}                the match page's document, with ETag    Match
    GET  /v1/matches/{id}/history        what happened, oldest first             MatchHistory
    GET  /v1/matches/{id}/contacts       both sides', after the introduction     MatchContacts
    POST /v1/matches/{id}/decision       If-Match; coordinators                  Match
    POST /v1/matches/{id}/undo           If-Match; coordinators                  Match
    POST /v1/matches/{id}/assignment     If-Match; coordinators                  Match
    POST /v1/matches/{id}/comments       Idempotency-Key; coordinators           MatchComment (201)
    POST /v1/matches/{id}/scores         one's own scores, again replaces        Match
    POST /v1/matches/{id}/response       If-Match optional; a member, or a coordinator for one
    POST /v1/matches/{id}/outcome        If-Match optional; both sides and coordinators
    POST /v1/match-decisions             many at once, a result for each         BulkDecisionResult
    POST /v1/match-decisions/undo        the same for taking them back           BulkDecisionResult
    GET  /v1/audit, GET /v1/audit/verification                                   see `audit`

The way of a match, and who moves it (c coordinator, m member of one of the two, s the platform):

    suggested -> in_review (c) -> approved | rejected | on_hold (c) -> asked (s after the undo
    window, or c at once) -> introduced (s when both said yes and both have capacity free; c may
    without) -> collaborating (m, c) -> closed (m, c) with an outcome.
    asked -> closed with outcome `declined` (m) or `expired` (s).
    Any state before closed -> withdrawn (s) when an organisation goes.
    rejected, closed, withdrawn -> suggested (s), by the rule for suggesting again.
"""

from datetime import datetime
from enum import StrEnum

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.match_requests import MatchId as MatchId
from shared.contracts.match_requests import MatchOutcome, SideAnswer
from shared.contracts.organisation import CountryCode, DivisionCode, Kind, Names
from shared.contracts.suggestions import Score

MATCH_CHANGED = "matcher.match.changed.v1"
"""Subject of `MatchChanged`."""


class MatchState(StrEnum):
    """Where a match stands."""

    SUGGESTED = "suggested"
    IN_REVIEW = "in_review"
    ON_HOLD = "on_hold"
    APPROVED = "approved"
    """Decided, and still to be undone; both sides are asked when the undo window is over."""
    REJECTED = "rejected"
    ASKED = "asked"
    """Both sides are asked. With both interested it waits for capacity; see `waiting_for`."""
    INTRODUCED = "introduced"
    COLLABORATING = "collaborating"
    CLOSED = "closed"
    """With an outcome."""
    WITHDRAWN = "withdrawn"
    """One of the two organisations is gone."""


class MatchChange(StrEnum):
    """What happened to a match; also the actions of its audit trail."""

    SUGGESTED = "suggested"
    SUGGESTED_AGAIN = "suggested_again"
    REFRESHED = "refreshed"
    """A later run gave it another score or explanation; no event."""
    REQUESTED = "requested"
    """A member asked for an introduction."""
    TAKEN_UP = "taken_up"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    UNDONE = "undone"
    ASSIGNED = "assigned"
    COMMENTED = "commented"
    SCORED = "scored"
    ASKED = "asked"
    NUDGED = "nudged"
    """A reminder is due to the sides whose answer is pending."""
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    WAITING = "waiting"
    """Both said yes; somebody's calendar of introductions is full."""
    INTRODUCED = "introduced"
    COLLABORATING = "collaborating"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class MatchOrigin(StrEnum):
    """Who thought of it first."""

    RUN = "run"
    MEMBER = "member"
    COORDINATOR = "coordinator"


class MatchOrganisation(Contract):
    """One side of a match in a list; names and the rest are None once it is erased."""

    id: OrganisationId
    names: Names | None = None
    kind: Kind | None = None
    country: CountryCode | None = None
    province: DivisionCode | None = None
    city_name: str | None = None
    fields: tuple[str, ...] = ()
    answer: SideAnswer = SideAnswer.PENDING
    """Members read the other's answer only once both have answered, or it is closed."""


class MatchSummary(Contract):
    """One row of the queue."""

    id: MatchId
    version: int
    state: MatchState
    organisations: tuple[MatchOrganisation, MatchOrganisation]
    """In bytewise order of their ids."""
    score: Score | None = None
    """The mutual score at the last suggestion; None where none was computed."""
    origin: MatchOrigin
    requested_by: OrganisationId | None = None
    """The side that asked for an introduction."""
    assignee: str | None = None
    """A coordinator's subject; never for members."""
    flags: tuple[str, ...] = ()
    """What to look at first; never for members. Codes: policy_hold, at_capacity, stale_profile,
    conflict_of_interest, already_partners, never_again, suggested_again, disagreement."""
    comments: int = 0
    outcome: MatchOutcome | None = None
    waiting_for: tuple[OrganisationId, ...] = ()
    """Organisations without free capacity, while both have said yes; for members only their own."""
    created_at: datetime
    since: datetime
    """Since when it is in this state."""
    updated_at: datetime
    asked_at: datetime | None = None
    """Since then both sides know of it; None before."""
    due_at: datetime | None = None
    """When something happens by itself: asking (approved), expiry (asked)."""


class MatchPage(Contract):
    """A page of the queue."""

    items: tuple[MatchSummary, ...]
    next_cursor: str | None = None


class MatchCounts(Contract):
    """How many matches are in each state, under the same filters but the state's own."""

    states: dict[MatchState, int]
    total: int


class MatchSort(StrEnum):
    """Orders of the queue; each is unique by the id at the end."""

    SCORE = "score"
    """Best first; those without a score last."""
    UPDATED = "updated"
    """Last changed first."""
    WAITING = "waiting"
    """Longest in its state first."""
    CREATED = "created"
    """Newest first."""
    DUE = "due"
    """What happens soonest first; only those to which something will happen by itself."""


class MatchChanged(Contract):
    """The event: a match reached a version. Whoever gets it reads the match again.

    What a run suggests, refreshes or takes back makes no events: they would come in tens of
    thousands, and nobody but the queue has seen those matches.
    """

    event_id: str
    match_id: MatchId
    version: int
    change: MatchChange
    state: MatchState
    organisations: tuple[OrganisationId, OrganisationId]
    occurred_at: datetime
    request_id: str
