"""The life of a call: draft, open, closed or cancelled."""

from dataclasses import replace
from datetime import datetime

from services.matcher.domain.calls.coverage import complete, large_enough
from services.matcher.domain.calls.refusal import CallRefusalError
from services.matcher.domain.calls.stored import TAKEN, WAITING, Change, StoredCall, StoredSeat
from shared.contracts.calls import CallContent, CallEvent, CallState, Closing
from shared.contracts.seats import SeatState


def rewritten(call: StoredCall, content: CallContent, now: datetime) -> Change:
    """With another content. Raises CallRefusalError where a seat would lose its requirement."""
    _only_in(call, CallState.DRAFT, CallState.OPEN)
    if call.state is CallState.OPEN:
        _fit_to_publish(content, now)
    kept = {one.id for one in content.requirements}
    for seat in call.seats:
        lost = [one for one in seat.requirements if one not in kept]
        if seat.state in TAKEN and lost:
            raise CallRefusalError("requirement_in_use", requirement=lost[0], id=seat.organisation)
    return _changed(replace(call, content=content), CallEvent.CHANGED, now)


def published(call: StoredCall, now: datetime) -> Change:
    """Open to answers. Raises CallRefusalError where it is not a draft, or not ready."""
    _only_in(call, CallState.DRAFT)
    _fit_to_publish(call.content, now)
    opened = replace(call, state=CallState.OPEN, published_at=now)
    return _changed(opened, CallEvent.PUBLISHED, now)


def closed(call: StoredCall, closing: Closing, by: str, now: datetime) -> Change:
    """With its team; who still waits is let go. Raises CallRefusalError where the team lacks
    something and that was not said."""
    _only_in(call, CallState.OPEN)
    whole = complete(call) and large_enough(call)
    if not whole and not (closing.incomplete and closing.remark):
        raise CallRefusalError("call_incomplete")
    ended = replace(call, state=CallState.CLOSED, remark=closing.remark, ended_at=now)
    change = _changed(_without_waiting(ended, by, now), CallEvent.CLOSED, now)
    team = parties(change.call)
    others = tuple(one for one in change.organisations if one not in team)
    return replace(change, organisations=others)


def parties(call: StoredCall) -> tuple[str, ...]:
    """The organisations that a closed call brings together; the publisher, where there is one,
    comes last. Nobody where it is not closed with a team."""
    if call.state is not CallState.CLOSED:
        return ()
    team = [one.organisation for one in call.in_state(SeatState.ACCEPTED)]
    return tuple(dict.fromkeys([*team, *([call.publisher] if team and call.publisher else [])]))


def introduced(call: StoredCall) -> Change | None:
    """What closing means for its team; None where there are no two to meet."""
    met = parties(call)
    return Change(call, CallEvent.INTRODUCED, met) if len(met) > 1 else None


def cancelled(call: StoredCall, remark: str, by: str, now: datetime) -> Change:
    """Without a team."""
    _only_in(call, CallState.DRAFT, CallState.OPEN)
    ended = replace(call, state=CallState.CANCELLED, remark=remark, ended_at=now)
    return _changed(_without_waiting(ended, by, now), CallEvent.CANCELLED, now)


def _changed(call: StoredCall, event: CallEvent, now: datetime) -> Change:
    concerned = tuple(one.organisation for one in call.seats if one.told)
    return Change(
        replace(call, version=call.version + 1, updated_at=now),
        event,
        tuple(dict.fromkeys(concerned)),
    )


def _only_in(call: StoredCall, *states: CallState) -> None:
    if call.state not in states:
        raise CallRefusalError("call_state", state=call.state.value)


def _fit_to_publish(content: CallContent, now: datetime) -> None:
    if not content.requirements:
        raise CallRefusalError("call_without_requirements")
    if content.deadline and content.deadline < now.date():
        raise CallRefusalError("deadline_passed", deadline=content.deadline.isoformat())


def _without_waiting(call: StoredCall, by: str, now: datetime) -> StoredCall:
    seats = tuple(_let_go(one, by, now) if one.state in WAITING else one for one in call.seats)
    return replace(call, seats=tuple(replace(one, vacant=False) for one in seats))


def _let_go(seat: StoredSeat, by: str, now: datetime) -> StoredSeat:
    return replace(
        seat,
        state=SeatState.RELEASED,
        version=seat.version + 1,
        changed_at=now,
        changed_by=by,
    )
