"""Which requirements of a call have somebody."""

from services.matcher.domain.calls.stored import WAITING, StoredCall
from shared.contracts.seats import RequirementState, SeatState


def team_of(call: StoredCall) -> tuple[RequirementState, ...]:
    """By requirement: who has accepted it, and who is asked."""
    return tuple(
        RequirementState(
            requirement=one.id,
            accepted=_seated(call, one.id, frozenset({SeatState.ACCEPTED})),
            waiting=_seated(call, one.id, WAITING),
        )
        for one in call.content.requirements
    )


def complete(call: StoredCall) -> bool:
    """Whether every must-have is accepted by somebody."""
    accepted = {id for seat in call.in_state(SeatState.ACCEPTED) for id in seat.requirements}
    return all(one.id in accepted for one in call.content.requirements if one.must_have)


def large_enough(call: StoredCall) -> bool:
    """Whether as many have accepted as the call asks for."""
    return len(call.in_state(SeatState.ACCEPTED)) >= call.content.limits.minimum_size


def _seated(call: StoredCall, requirement: str, states: frozenset[SeatState]) -> tuple[str, ...]:
    seats = (one for one in call.seats if one.state in states)
    return tuple(one.organisation for one in seats if requirement in one.requirements)
