"""Who is told what of a change of a call. Pure.

An organisation that is only thought of for a seat must not hear of it: what ends a call or a seat
is told to those who were invited. Messages name the call, and whom it is about: to those who were
invited its publisher, to the publisher the organisation of the seat.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.gateway.messages.notes import NewEvent, News, Note
from services.gateway.messages.owners import COORDINATORS, STAFF, of_organisation
from shared.contracts.calls import CallChanged, CallEvent
from shared.contracts.messages import About, EventType, MessageKind, NamedOrganisation
from shared.contracts.organisation import Names

_TO_SEATED = {
    CallEvent.SEAT_INVITED: MessageKind.CALL_INVITED,
    CallEvent.SEAT_RELEASED: MessageKind.CALL_RELEASED,
    CallEvent.CLOSED: MessageKind.CALL_CLOSED,
    CallEvent.CANCELLED: MessageKind.CALL_CANCELLED,
}
_TO_PUBLISHER = {
    CallEvent.SEAT_ACCEPTED: MessageKind.CALL_ANSWERED,
    CallEvent.SEAT_DECLINED: MessageKind.CALL_ANSWERED,
    CallEvent.SEAT_EXPIRED: MessageKind.CALL_LAPSED,
    CallEvent.SEAT_SUGGESTED: MessageKind.CALL_REPLACEMENT,
}
_ANSWERS = (CallEvent.SEAT_ACCEPTED, CallEvent.SEAT_DECLINED, CallEvent.SEAT_EXPIRED)
_KNOWN_TO_THE_SEAT = (CallEvent.SEAT_INVITED, CallEvent.INTRODUCED, *_ANSWERS)


@dataclass(frozen=True)
class CallNames:
    """What a call and the organisations in it are called; nothing of what is gone."""

    title: str | None = None
    organisations: Mapping[str, Names] = field(default_factory=dict)


def call_news(event: CallChanged, names: CallNames) -> News:
    """Notes and event."""
    return News(_event(event), tuple(_notes(event, names)))


def is_told(event: CallChanged) -> bool:
    """Whether anybody gets a message of it, which needs names."""
    return bool(tuple(_notes(event, CallNames())))


def _event(event: CallChanged) -> NewEvent:
    told = set(event.organisations) if event.change in _KNOWN_TO_THE_SEAT else set()
    told |= {event.publisher} if event.publisher else set()
    return NewEvent(
        source=f"call:{event.event_id}",
        type=EventType.CALL_CHANGED,
        audience=(STAFF, *(of_organisation(one) for one in sorted(told))),
        occurred_at=event.occurred_at,
        data={
            "call_id": event.call_id,
            "version": event.version,
            "state": event.state.value,
            "change": event.change.value,
            "organisations": list(event.organisations),
        },
    )


def _notes(event: CallChanged, names: CallNames) -> Iterator[Note]:
    if kind := _TO_SEATED.get(event.change):
        before = None if kind is MessageKind.CALL_INVITED else MessageKind.CALL_INVITED
        for organisation in event.organisations:
            about = _about(event, names, event.publisher)
            yield _note(event, of_organisation(organisation), kind, about, before)
    if event.change is CallEvent.INTRODUCED:
        for organisation in event.organisations:
            about = _about(event, names, event.publisher)
            yield _note(event, of_organisation(organisation), MessageKind.CALL_INTRODUCED, about)
    about = _about(event, names, event.organisations[0] if event.organisations else None)
    if told := _TO_PUBLISHER.get(event.change):
        publisher = of_organisation(event.publisher) if event.publisher else COORDINATORS
        yield _note(event, publisher, told, about)
    if event.change is CallEvent.SEAT_REQUESTED:
        yield _note(event, COORDINATORS, MessageKind.CALL_WANTED, about)


def _about(event: CallChanged, names: CallNames, organisation: str | None) -> About:
    named = (
        NamedOrganisation(id=organisation, names=names.organisations.get(organisation))
        if (organisation)
        else None
    )
    return About(call_id=event.call_id, name=names.title, organisation=named)


def _note(
    event: CallChanged,
    recipient: str,
    kind: MessageKind,
    about: About,
    only_after: MessageKind | None = None,
) -> Note:
    dedup = f"call:{event.call_id}:{event.version}:{kind.value}"
    return Note(recipient, kind, dedup, about, only_after)
