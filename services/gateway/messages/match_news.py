"""Who is told what of a change of a match. Pure.

Members hear of a match from the moment both sides are asked, and never how the other has answered
before both have: until then everything is for staff.
"""

from collections.abc import Iterator

from services.gateway.messages.notes import NewEvent, News, Note
from services.gateway.messages.owners import COORDINATORS, STAFF, of_organisation, of_person
from shared.contracts.match_document import Match, MatchSide
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import MatchChange, MatchChanged, MatchState
from shared.contracts.messages import About, EventType, MessageKind, NamedOrganisation

_TO_BOTH = {
    MatchChange.ASKED: MessageKind.MATCH_ASKED,
    MatchChange.WAITING: MessageKind.MATCH_WAITING,
    MatchChange.INTRODUCED: MessageKind.MATCH_INTRODUCED,
    MatchChange.COLLABORATING: MessageKind.MATCH_COLLABORATING,
    MatchChange.CLOSED: MessageKind.MATCH_CLOSED,
}
_TO_COORDINATORS = {
    MatchChange.REQUESTED: MessageKind.MATCH_REQUESTED,
    MatchChange.WAITING: MessageKind.MATCH_READY,
}
_KNOWN_TO_MEMBERS = (MatchState.ASKED, MatchState.INTRODUCED, MatchState.COLLABORATING)
_READ_AGAIN = {
    *_TO_BOTH,
    *_TO_COORDINATORS,
    MatchChange.NUDGED,
    MatchChange.DECLINED,
    MatchChange.EXPIRED,
    MatchChange.WITHDRAWN,
    MatchChange.REJECTED,
    MatchChange.ASSIGNED,
}


def needs_the_match(event: MatchChanged) -> bool:
    """Whether the event alone does not say whom to tell."""
    return event.change in _READ_AGAIN


def match_news(event: MatchChanged, match: Match | None) -> News:
    """Notes and event; without the match, which is gone then, staff alone is told."""
    notes = tuple(_notes(event, match)) if match else ()
    return News(_event(event, match), notes)


def _event(event: MatchChanged, match: Match | None) -> NewEvent:
    members = _sides_that_know(event, match) if match else ()
    return NewEvent(
        source=f"match:{event.event_id}",
        type=EventType.MATCH_CHANGED,
        audience=(STAFF, *(of_organisation(one) for one in members)),
        occurred_at=event.occurred_at,
        data={
            "match_id": event.match_id,
            "version": event.version,
            "state": event.state.value,
            "change": event.change.value,
            "organisations": list(event.organisations),
        },
    )


def _sides_that_know(event: MatchChanged, match: Match) -> tuple[str, ...]:
    if event.change in (MatchChange.REJECTED, MatchChange.REQUESTED):
        return (match.requested_by,) if match.requested_by else ()
    if event.change is MatchChange.NUDGED:
        return tuple(side.id for side in _with_answer(match, SideAnswer.PENDING))
    if event.change is MatchChange.WITHDRAWN:
        return _both(match) if _was_known(match) else ()
    told = event.change in _TO_BOTH or event.change in (MatchChange.DECLINED, MatchChange.EXPIRED)
    return _both(match) if told else ()


def _notes(event: MatchChanged, match: Match) -> Iterator[Note]:
    for recipient, kind, side in _told(event, match):
        about = About(match_id=event.match_id, organisation=_named(side) if side else None)
        dedup = f"match:{event.match_id}:{event.version}:{kind.value}"
        yield Note(recipient, kind, dedup, about)


def _told(event: MatchChanged, match: Match) -> Iterator[tuple[str, MessageKind, MatchSide | None]]:
    """Recipient, kind, and the other side where the message names it."""
    kind = _TO_COORDINATORS.get(event.change)
    if kind and not _by_a_coordinator(event, match):
        yield COORDINATORS, kind, None
    if event.change is MatchChange.ASSIGNED and match.assignee and not _by_itself(match):
        yield of_person(match.assignee), MessageKind.MATCH_ASSIGNED, None
    for side, other in _pairs(match):
        if side_kind := _kind_for(event, match, side):
            yield of_organisation(side.id), side_kind, other


def _kind_for(event: MatchChanged, match: Match, side: MatchSide) -> MessageKind | None:
    pending = side.answer is SideAnswer.PENDING
    match event.change:
        case MatchChange.NUDGED if pending and match.state is MatchState.ASKED:
            return MessageKind.MATCH_NUDGED
        case MatchChange.DECLINED if side.answer is not SideAnswer.DECLINED:
            return MessageKind.MATCH_DECLINED
        case MatchChange.ASKED if side.answer is SideAnswer.INTERESTED:
            return MessageKind.MATCH_TAKEN_UP
        case MatchChange.EXPIRED:
            return MessageKind.MATCH_EXPIRED if pending else MessageKind.MATCH_NO_ANSWER
        case MatchChange.WITHDRAWN if _was_known(match) and _gone(match) != side.id:
            return MessageKind.MATCH_WITHDRAWN
        case MatchChange.REJECTED if match.requested_by == side.id:
            return MessageKind.MATCH_NOT_TAKEN_UP
        case change:
            return _TO_BOTH.get(change)


def _with_answer(match: Match, answer: SideAnswer) -> Iterator[MatchSide]:
    return (side for side in match.sides if side.answer is answer)


def _both(match: Match) -> tuple[str, ...]:
    return tuple(side.id for side in match.sides)


def _pairs(match: Match) -> tuple[tuple[MatchSide, MatchSide], ...]:
    first, second = match.sides
    return ((first, second), (second, first))


def _was_known(match: Match) -> bool:
    """Whether members knew of it when it was withdrawn."""
    steps = [one for one in match.history if one.change is MatchChange.WITHDRAWN]
    return bool(steps) and steps[-1].from_state in _KNOWN_TO_MEMBERS


def _gone(match: Match) -> str | None:
    steps = [one for one in match.history if one.change is MatchChange.WITHDRAWN]
    return steps[-1].organisation if steps else None


def _by_a_coordinator(event: MatchChanged, match: Match) -> bool:
    """Who brings two together by hand needs no message that a member asks for it."""
    steps = [one for one in match.history if one.change is MatchChange.REQUESTED]
    asked_by = steps[-1].organisation if steps else match.requested_by
    return event.change is MatchChange.REQUESTED and asked_by is None


def _by_itself(match: Match) -> bool:
    """Who takes a case needs no message of it."""
    steps = [one for one in match.history if one.change is MatchChange.ASSIGNED]
    return bool(steps) and steps[-1].by == match.assignee


def _named(side: MatchSide) -> NamedOrganisation:
    return NamedOrganisation(id=side.id, names=side.names)
