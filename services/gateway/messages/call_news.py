"""Who is told what of a change of a call. Pure.

An organisation that is only thought of for a seat must not hear of it: what ends a call or a seat
is told to those who were invited.
"""

from collections.abc import Iterator

from services.gateway.messages.notes import NewEvent, News, Note
from services.gateway.messages.owners import COORDINATORS, STAFF, of_organisation
from shared.contracts.calls import CallChanged, CallEvent
from shared.contracts.messages import About, EventType, MessageKind

_TO_SEATED = {
    CallEvent.SEAT_INVITED: MessageKind.CALL_INVITED,
    CallEvent.SEAT_RELEASED: MessageKind.CALL_RELEASED,
    CallEvent.CLOSED: MessageKind.CALL_CLOSED,
    CallEvent.CANCELLED: MessageKind.CALL_CANCELLED,
}
_ANSWERS = (CallEvent.SEAT_ACCEPTED, CallEvent.SEAT_DECLINED, CallEvent.SEAT_EXPIRED)
_KNOWN_TO_THE_SEAT = (CallEvent.SEAT_INVITED, *_ANSWERS)


def call_news(event: CallChanged) -> News:
    """Notes and event."""
    return News(_event(event), tuple(_notes(event)))


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


def _notes(event: CallChanged) -> Iterator[Note]:
    if kind := _TO_SEATED.get(event.change):
        before = None if kind is MessageKind.CALL_INVITED else MessageKind.CALL_INVITED
        for organisation in event.organisations:
            yield _note(event, of_organisation(organisation), kind, before)
    if event.change in _ANSWERS:
        publisher = of_organisation(event.publisher) if event.publisher else COORDINATORS
        yield _note(event, publisher, MessageKind.CALL_ANSWERED)
    if event.change is CallEvent.SEAT_REQUESTED:
        yield _note(event, COORDINATORS, MessageKind.CALL_ANSWERED)


def _note(
    event: CallChanged, recipient: str, kind: MessageKind, only_after: MessageKind | None = None
) -> Note:
    dedup = f"call:{event.call_id}:{event.version}:{kind.value}"
    return Note(recipient, kind, dedup, About(call_id=event.call_id), only_after)
