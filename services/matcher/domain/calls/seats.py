"""The life of a seat: asked, answered, given up."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.matcher.domain.calls.refusal import CallRefusalError
from services.matcher.domain.calls.stored import TAKEN, Change, StoredCall, StoredSeat
from shared.contracts.calls import CallEvent, CallState
from shared.contracts.seats import NewSeat, SeatAnswer, SeatState

_EVENTS = {
    SeatState.SUGGESTED: CallEvent.SEAT_SUGGESTED,
    SeatState.REQUESTED: CallEvent.SEAT_REQUESTED,
    SeatState.INVITED: CallEvent.SEAT_INVITED,
    SeatState.ACCEPTED: CallEvent.SEAT_ACCEPTED,
    SeatState.DECLINED: CallEvent.SEAT_DECLINED,
    SeatState.EXPIRED: CallEvent.SEAT_EXPIRED,
    SeatState.RELEASED: CallEvent.SEAT_RELEASED,
}


def seated(call: StoredCall, new: NewSeat, state: SeatState, by: str, now: datetime) -> Change:
    """With one more seat, suggested, requested or invited. Raises CallRefusalError."""
    _open(call)
    _free_for(call, new)
    seat = StoredSeat(
        id=0,
        organisation=new.organisation,
        requirements=tuple(dict.fromkeys(new.requirements)),
        state=state,
        version=1,
        changed_at=now,
        changed_by=by,
        message=new.message,
        replaces=new.replaces,
    )
    if state is SeatState.INVITED:
        seat = _asked(call, seat, now)
    seats = tuple(replace(o, vacant=False) if o.id == new.replaces else o for o in call.seats)
    return _changed(replace(call, seats=(*seats, seat)), seat, now)


def invited(call: StoredCall, seat: StoredSeat, by: str, now: datetime) -> Change:
    """A suggested or requested organisation is asked."""
    _open(call)
    _only_in(seat, SeatState.SUGGESTED, SeatState.REQUESTED)
    return _with(call, _asked(call, _moved(seat, SeatState.INVITED, by, now), now), now)


def requested(call: StoredCall, seat: StoredSeat, by: str, now: datetime) -> Change:
    """The publishing enterprise wants a suggested organisation; a coordinator invites it."""
    _open(call)
    _only_in(seat, SeatState.SUGGESTED)
    return _with(call, _moved(seat, SeatState.REQUESTED, by, now), now)


def answered(
    call: StoredCall, seat: StoredSeat, answer: SeatAnswer, by: str, now: datetime
) -> Change:
    """By the invited organisation, in time. Raises CallRefusalError."""
    _open(call)
    _only_in(seat, SeatState.INVITED)
    if seat.answer_by and seat.answer_by < now:
        raise CallRefusalError("seat_state", state=SeatState.EXPIRED.value)
    if answer.accept and len(call.in_state(SeatState.ACCEPTED)) >= call.content.limits.maximum_size:
        raise CallRefusalError("team_is_full", size=call.content.limits.maximum_size)
    state = SeatState.ACCEPTED if answer.accept else SeatState.DECLINED
    moved = replace(
        _moved(seat, state, by, now),
        reasons=answer.reasons,
        remark=answer.remark,
        vacant=not answer.accept,
    )
    return _with(call, moved, now)


def released(
    call: StoredCall, seat: StoredSeat, remark: str | None, by: str, now: datetime, *, vacant: bool
) -> Change:
    """Taken back, or given back: then somebody else is looked for."""
    _open(call)
    if seat.state not in TAKEN:
        raise CallRefusalError("seat_state", state=seat.state.value)
    moved = _moved(seat, SeatState.RELEASED, by, now)
    return _with(call, replace(moved, remark=remark, vacant=vacant), now)


def overdue(call: StoredCall, now: datetime) -> tuple[StoredSeat, ...]:
    """Invited seats whose time is up."""
    waiting = call.in_state(SeatState.INVITED)
    return tuple(one for one in waiting if one.answer_by and one.answer_by < now)


def expired(call: StoredCall, seat: StoredSeat, by: str, now: datetime) -> Change:
    """Silence is an answer too."""
    return _with(call, replace(_moved(seat, SeatState.EXPIRED, by, now), vacant=True), now)


def given_up_search(call: StoredCall, seat: StoredSeat) -> StoredCall:
    """Nobody else was found for it; that changes no version, for nobody is told anything."""
    return replace(call, seats=_replaced(call, replace(seat, vacant=False)))


def _free_for(call: StoredCall, new: NewSeat) -> None:
    known = {one.id for one in call.content.requirements}
    if unknown := [one for one in new.requirements if one not in known]:
        raise CallRefusalError("not_found", what="requirement", id=unknown[0])
    if new.organisation == call.publisher or new.organisation in call.content.limits.excluded:
        raise CallRefusalError("seat_not_possible", id=new.organisation)
    if call.taken_by(new.organisation):
        raise CallRefusalError("seat_taken", id=new.organisation)
    if new.replaces is not None:
        replaced = call.seat(new.replaces)
        if replaced is None or replaced.state in TAKEN:
            raise CallRefusalError("not_found", what="free seat", id=new.replaces)


def _asked(call: StoredCall, seat: StoredSeat, now: datetime) -> StoredSeat:
    by = now + timedelta(days=call.content.answer_days)
    return replace(seat, answer_by=by, told=True)


def _moved(seat: StoredSeat, state: SeatState, by: str, now: datetime) -> StoredSeat:
    version = seat.version + 1
    return replace(seat, state=state, version=version, changed_by=by, changed_at=now)


def _with(call: StoredCall, seat: StoredSeat, now: datetime) -> Change:
    return _changed(replace(call, seats=_replaced(call, seat)), seat, now)


def _replaced(call: StoredCall, seat: StoredSeat) -> tuple[StoredSeat, ...]:
    return tuple(seat if one.id == seat.id else one for one in call.seats)


def _changed(call: StoredCall, seat: StoredSeat, now: datetime) -> Change:
    moved = replace(call, version=call.version + 1, updated_at=now)
    return Change(moved, _EVENTS[seat.state], (seat.organisation,))


def _open(call: StoredCall) -> None:
    if call.state is not CallState.OPEN:
        raise CallRefusalError("call_state", state=call.state.value)


def _only_in(seat: StoredSeat, *states: SeatState) -> None:
    if seat.state not in states:
        raise CallRefusalError("seat_state", state=seat.state.value)
