"""Messages to people and systems: inbox, notification settings, event streams.

Public routes (webhooks and saved searches have theirs in contracts of their own):

- GET    /v1/inbox                    ?unread=true&category=&limit=&cursor= -> MessagePage
- GET    /v1/inbox/unread-count       -> UnreadCount
- POST   /v1/inbox/{message_id}/read  -> Message (again: unchanged)
- POST   /v1/inbox/read-all           -> UnreadCount
- GET    /v1/notification-settings    -> NotificationSettings
- PUT    /v1/notification-settings    NotificationChoices -> NotificationSettings
- GET    /v1/events                   text/event-stream of PlatformEvent (Last-Event-ID)

A member has the inbox of its organisation and its own; a coordinator that of all coordinators and
its own. Settings are those of the person or program that asks.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.contracts.base import Contract, Line, OrganisationId, StatementId
from shared.contracts.calls import CallId
from shared.contracts.match_requests import MatchId
from shared.contracts.organisation import Language, Names
from shared.contracts.screening import FlagId


class Category(StrEnum):
    """What a message is about; people choose by it how they are told."""

    MATCHES = "matches"
    CALLS = "calls"
    REMINDERS = "reminders"
    ALERTS = "alerts"
    PLATFORM = "platform"


class MessageKind(StrEnum):
    """Which news."""

    MATCH_ASKED = "match_asked"
    MATCH_TAKEN_UP = "match_taken_up"
    """To the side that had asked for it: the other one is asked now."""
    MATCH_NUDGED = "match_nudged"
    MATCH_DECLINED = "match_declined"
    """To the other side, kindly."""
    MATCH_EXPIRED = "match_expired"
    """To the side that was silent."""
    MATCH_NO_ANSWER = "match_no_answer"
    """To the side that had said yes, kindly."""
    MATCH_WAITING = "match_waiting"
    """Both said yes; the introduction waits until both have time."""
    MATCH_INTRODUCED = "match_introduced"
    MATCH_COLLABORATING = "match_collaborating"
    MATCH_CLOSED = "match_closed"
    MATCH_WITHDRAWN = "match_withdrawn"
    MATCH_NOT_TAKEN_UP = "match_not_taken_up"
    """To the side that had asked for an introduction."""
    MATCH_REQUESTED = "match_requested"
    """To coordinators: a member asks for an introduction."""
    MATCH_READY = "match_ready"
    """To coordinators: both said yes, and somebody's calendar is full."""
    MATCH_ASSIGNED = "match_assigned"
    """To the coordinator who is to look after it."""
    CALL_INVITED = "call_invited"
    CALL_ANSWERED = "call_answered"
    """To the publisher, or to coordinators: a seat was accepted or declined."""
    CALL_LAPSED = "call_lapsed"
    """To the same: an invited organisation was silent."""
    CALL_REPLACEMENT = "call_replacement"
    """To the same: the next best is named for a seat that became free."""
    CALL_WANTED = "call_wanted"
    """To coordinators: the publisher wants an organisation, which they invite."""
    CALL_RELEASED = "call_released"
    CALL_CLOSED = "call_closed"
    CALL_INTRODUCED = "call_introduced"
    """To the team and the publisher: contacts are open to each other."""
    CALL_CANCELLED = "call_cancelled"
    PROFILE_STALE = "profile_stale"
    STATEMENTS_EXPIRING = "statements_expiring"
    STATEMENTS_EXPIRED = "statements_expired"
    SEARCH_HITS = "search_hits"
    WEBHOOK_DISABLED = "webhook_disabled"
    POLICY_HELD = "policy_held"
    POLICY_APPEALED = "policy_appealed"
    """To coordinators."""
    POLICY_CLEARED = "policy_cleared"
    POLICY_UPHELD = "policy_upheld"
    JOIN_ASKED = "join_asked"
    """To coordinators: somebody wants to speak for an organisation."""
    JOIN_ADMITTED = "join_admitted"
    JOIN_REFUSED = "join_refused"


CATEGORY: dict[MessageKind, Category] = {
    kind: next(
        category
        for prefix, category in (
            ("match_", Category.MATCHES),
            ("call_", Category.CALLS),
            ("profile_", Category.REMINDERS),
            ("statements_", Category.REMINDERS),
            ("search_", Category.ALERTS),
            ("", Category.PLATFORM),
        )
        if kind.value.startswith(prefix)
    )
    for kind in MessageKind
}


class NamedOrganisation(Contract):
    """An organisation as a message names it."""

    id: OrganisationId
    names: Names | None = None
    """None where it has left the platform."""


class About(Contract):
    """What a message points to: ids and public names, never the text of a statement."""

    match_id: MatchId | None = None
    organisation: NamedOrganisation | None = None
    """The other side."""
    organisations: tuple[NamedOrganisation, ...] = ()
    """New hits of a saved search, the best of them."""
    call_id: CallId | None = None
    statements: tuple[StatementId, ...] = ()
    """The reader's own."""
    saved_search_id: UUID | None = None
    webhook_id: UUID | None = None
    flag_id: FlagId | None = None
    count: int | None = None
    """How many there are in all: hits, statements, days."""
    name: Line | None = None
    """What the reader called it: its saved search, its webhook; or the call's title."""
    on: str | None = None
    """A day, YYYY-MM-DD: until when, or since when."""


class Message(Contract):
    """A message in the inbox, said in the reader's language."""

    id: UUID
    kind: MessageKind
    category: Category
    title: str
    text: str
    path: str | None = None
    """Where in the console it leads, such as /console/matches/..."""
    about: About
    created_at: datetime
    read_at: datetime | None = None


class MessagePage(Contract):
    """Newest first."""

    items: tuple[Message, ...]
    next_cursor: str | None = None


class UnreadCount(Contract):
    """How many are not read yet."""

    unread: int


class Delivery(StrEnum):
    """How a person is told of a category by e-mail; the inbox has all of it in any case."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


class DigestPace(StrEnum):
    """How often a digest is sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    """On Mondays."""


Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        max_length=254,
    ),
]
"""An address for e-mail, in ASCII."""

_EVERYTHING_AT_ONCE = {
    Category.MATCHES: Delivery.AT_ONCE,
    Category.CALLS: Delivery.AT_ONCE,
    Category.REMINDERS: Delivery.DIGEST,
    Category.ALERTS: Delivery.DIGEST,
    Category.PLATFORM: Delivery.AT_ONCE,
}


class NotificationChoices(Contract):
    """The body of PUT: where and how one wants to be told; it replaces what was chosen before."""

    emails: Annotated[tuple[Email, ...], Field(max_length=5)] = ()
    language: Language = "zh"
    delivery: dict[Category, Delivery] = Field(default_factory=dict)
    """Categories that are left out keep the standard."""
    digest: DigestPace = DigestPace.DAILY

    def delivery_of(self, category: Category) -> Delivery:
        """As chosen, or the standard."""
        return self.delivery.get(category, _EVERYTHING_AT_ONCE[category])


class NotificationSettings(NotificationChoices):
    """What holds now, every category given."""

    mail_is_sent: bool
    """Whether this platform sends e-mail at all; otherwise there is the inbox alone."""
    updated_at: datetime | None = None
    """None while nothing was chosen."""


class EventType(StrEnum):
    """What systems are told of, by webhook and by event stream."""

    MATCH_CHANGED = "match.changed"
    CALL_CHANGED = "call.changed"
    ORGANISATION_CHANGED = "organisation.changed"
    MESSAGE_CREATED = "message.created"
    """Something is new in an inbox of the reader's."""
    WEBHOOK_TEST = "webhook.test"
    """Only by POST /v1/webhooks/{id}/test."""


class PlatformEvent(Contract):
    """One event: thin, so that what it names is read again with the reader's own rights.

    In the stream `id:` is the number, `event:` the type and `data:` this object. An event `reset`
    without an id says that what lies between is no longer kept: read again what you follow.
    """

    id: int
    type: EventType
    occurred_at: datetime
    match_id: MatchId | None = None
    call_id: CallId | None = None
    state: str | None = None
    version: int | None = None
    organisation: OrganisationId | None = None
    organisations: tuple[OrganisationId, ...] = ()
    change: str | None = None
    message_id: UUID | None = None
    kind: MessageKind | None = None
