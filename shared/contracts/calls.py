"""Calls: a challenge or a use case with requirements, and the team that takes it on.

Public routes (all under /v1; the matcher has the same without it):

    GET  /calls                                   filters state, kind, publisher, text; cursor
    POST /calls                                   NewCall -> Call (201, ETag); Idempotency-Key
    GET  /calls/{call_id}                         Call (ETag)
    PUT  /calls/{call_id}                         CallContent -> Call; If-Match
    POST /calls/{call_id}/publication             -> Call; If-Match
    POST /calls/{call_id}/closing                 Closing -> Call; If-Match
    POST /calls/{call_id}/cancellation            Cancellation -> Call; If-Match
    GET  /calls/{call_id}/proposals               ConsortiumAnswer; `around`=team|nobody
    POST /calls/{call_id}/seats                   NewSeat -> Call (201, ETag); Idempotency-Key
    POST /calls/{call_id}/seats/{seat_id}/invitation   -> Call; If-Match
    POST /calls/{call_id}/seats/{seat_id}/answer       SeatAnswer -> Call; If-Match: the seat's
    POST /calls/{call_id}/seats/{seat_id}/release      Release -> Call; If-Match
    GET  /calls/{call_id}/seats/{seat_id}/alternatives SeatAlternatives
    GET  /calls/{call_id}/team                    CallTeam: contacts, once it is closed
    GET  /call-invitations                        InvitationPage: a member's own seats
    POST /call-imports                            raw body -> CallImportReport

The ETag of a call is its version; every change of the call or of a seat makes a new one. An
answer is given against the version of the seat, which others' answers do not change. Seats are in
`seats.py`, imports in `call_imports.py`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, StatementId, Text
from shared.contracts.consortia import MOST_REQUIREMENTS, CallRequirement, TeamLimits
from shared.contracts.organisation import Contact, Names, Url
from shared.contracts.seats import RequirementState, Seat

CALL_CHANGED = "matcher.call.changed.v1"
"""Subject of `CallChanged`."""

CallId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
_Remark = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]


class CallKind(StrEnum):
    """A problem to be solved, or a situation in which something is to be tried."""

    CHALLENGE = "challenge"
    USE_CASE = "use_case"


class CallState(StrEnum):
    """`closed` is with a team, `cancelled` without."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who may read an open call beside coordinators and its publisher."""

    MEMBERS = "members"
    INVITED = "invited"


class Replacing(StrEnum):
    """What happens when a seat becomes free: the next best is named, or invited at once."""

    SUGGEST = "suggest"
    AUTOMATIC = "automatic"


class CallContent(Contract):
    """What its publisher writes; a draft may still lack requirements."""

    title: Line
    summary: Annotated[Text, StringConstraints(max_length=20000)] = ""
    kind: CallKind = CallKind.CHALLENGE
    deadline: date | None = None
    """The last day on which the team can still be put together."""
    requirements: Annotated[tuple[CallRequirement, ...], Field(max_length=MOST_REQUIREMENTS)] = ()
    limits: TeamLimits = TeamLimits()
    audience: Audience = Audience.MEMBERS
    replacing: Replacing = Replacing.SUGGEST
    answer_days: Annotated[int, Field(ge=1, le=180)] = 14
    """So long an invited organisation has to answer."""
    reference: Line | None = None
    """Its name elsewhere, such as a funder's topic; an import finds it again by this."""
    url: Url | None = None

    @model_validator(mode="after")
    def _requirement_ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for requirement in self.requirements:
            if requirement.id in seen:
                raise ValueError(f"requirement id {requirement.id!r} is used twice; make it unique")
            seen.add(requirement.id)
        return self


class NewCall(CallContent):
    """The body of POST /calls."""

    publisher: OrganisationId | None = None
    """The enterprise whose call it is; a member's is its own; None for a coordinator's."""


class Permissions(Contract):
    """What this reader may do now, so that no client has to guess."""

    edit: bool = False
    publish: bool = False
    invite: bool = False
    confirm: bool = False
    close: bool = False
    cancel: bool = False


class Call(CallContent):
    """A stored call as this reader may see it.

    Invited organisations get their own seat only, and neither exclusions nor fixed members.
    """

    id: CallId
    publisher: OrganisationId | None
    state: CallState
    version: Annotated[int, Field(ge=1)]
    seats: tuple[Seat, ...] = ()
    """In the order in which they were made."""
    team: tuple[RequirementState, ...] = ()
    """By requirement; empty for readers who see no other seat than their own."""
    complete: bool | None = None
    """Whether every must-have is accepted by somebody; None where `team` is not told."""
    may: Permissions = Permissions()
    remark: str | None = None
    """Why it was cancelled, or closed without everything."""
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    ended_at: datetime | None = None


class CallSummary(Contract):
    """A row of a list."""

    id: CallId
    title: str
    kind: CallKind
    state: CallState
    publisher: OrganisationId | None
    deadline: date | None
    reference: str | None
    version: int
    requirements: int
    accepted: int | None
    """Seats; None where the reader sees no other seat than its own."""
    waiting: int | None
    updated_at: datetime


class CallPage(Contract):
    """Newest change first."""

    items: tuple[CallSummary, ...]
    next_cursor: str | None = None


class Closing(Contract):
    """The body of closing; without everything only with a word about it."""

    incomplete: bool = False
    """Close although a must-have has nobody, or the team is too small."""
    remark: _Remark | None = None


class Cancellation(Contract):
    """The body of a cancellation."""

    remark: _Remark


class Invitation(Contract):
    """A member's own seat, with the call it belongs to."""

    call: CallId
    title: str
    state: CallState
    publisher: OrganisationId | None
    deadline: date | None
    seat: Seat


class InvitationPage(Contract):
    """Newest change first."""

    items: tuple[Invitation, ...]
    next_cursor: str | None = None


class TeamMember(Contract):
    """One organisation of a team and what it takes on; the publisher's requirements are none."""

    organisation: OrganisationId
    requirements: tuple[StatementId, ...] = ()
    names: Names | None = None
    """None where that profile cannot be read any more; its contacts neither."""
    contacts: tuple[Contact, ...] = ()


class CallTeam(Contract):
    """Who took a closed call on together: to each of them, the publisher and staff alike."""

    call_id: CallId
    introduced_at: datetime
    publisher: TeamMember | None = None
    members: tuple[TeamMember, ...]
    """In the order of their seats. The matcher tells neither names nor contacts."""


class CallEvent(StrEnum):
    """What happened to a call or to a seat."""

    CREATED = "created"
    CHANGED = "changed"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    INTRODUCED = "introduced"
    """The call is closed: its team and publisher read each other's contacts."""
    SEAT_SUGGESTED = "seat_suggested"
    SEAT_REQUESTED = "seat_requested"
    SEAT_INVITED = "seat_invited"
    SEAT_ACCEPTED = "seat_accepted"
    SEAT_DECLINED = "seat_declined"
    SEAT_EXPIRED = "seat_expired"
    SEAT_RELEASED = "seat_released"


class CallChanged(Contract):
    """A call reached a version. Thin: the reader re-reads it."""

    event_id: str
    call_id: CallId
    version: int
    state: CallState
    change: CallEvent
    publisher: OrganisationId | None
    organisations: tuple[OrganisationId, ...]
    """Whom it concerns: the seat's, or for a change of the whole call all that are seated."""
    occurred_at: datetime
    request_id: str
