"""Whole consortia for a call, and who else could take a seat; these need the index."""

from dataclasses import dataclass, replace

from services.matcher.domain.calls.rights import manages
from services.matcher.domain.calls.stored import StoredCall, StoredSeat
from services.matcher.service.calls.call_request import consortium_request, seated
from services.matcher.service.calls.keep_calls import managed
from services.matcher.service.calls.keep_seats import seat_found
from services.matcher.service.calls.next_best import alternatives
from services.matcher.service.consortium import ProposeConsortia
from services.matcher.store import MatcherStore
from shared.contracts.consortia import ConsortiumAnswer
from shared.contracts.principal import Principal
from shared.contracts.seats import Alternative, SeatAlternatives, SeatState


@dataclass(frozen=True)
class ProposeTeams:
    """For whoever manages the call, and batch jobs; what each may read is the engine's affair."""

    store: MatcherStore
    consortia: ProposeConsortia

    async def proposals(
        self, call_id: str, reader: Principal, *, around_team: bool
    ) -> ConsortiumAnswer:
        """Raises ProblemError `not_found`, `forbidden`, `call_without_requirements`,
        `not_ready`."""
        call = await self._readable(call_id, reader)
        return await self._proposed(call, reader, around_team=around_team)

    async def alternatives(self, call_id: str, seat_id: int, reader: Principal) -> SeatAlternatives:
        """Next best for a seat, as if it were free. Raises as `proposals`."""
        call = await self._readable(call_id, reader)
        seat = seat_found(call, seat_id)
        return SeatAlternatives(seat=seat_id, items=(await self.next_best(call, seat, reader)))

    async def next_best(
        self, call: StoredCall, seat: StoredSeat, reader: Principal
    ) -> tuple[Alternative, ...]:
        """Nobody who has a seat, or had this one."""
        rest = _given_up(call, seat)
        found = await self._proposed(rest, reader, around_team=True)
        nobody = {*seated(rest), *call.refused(), seat.organisation}
        return alternatives(found, seat.requirements, nobody)

    async def _proposed(
        self, call: StoredCall, reader: Principal, *, around_team: bool
    ) -> ConsortiumAnswer:
        ids = [*call.content.limits.fixed, *seated(call)]
        async with self.store.transaction() as transaction:
            active = await transaction.snapshots.active(ids)
        gone = frozenset(ids) - active.keys()
        request = consortium_request(call, around_team=around_team, gone=gone)
        return await self.consortia.propose(request, reader)

    async def _readable(self, call_id: str, reader: Principal) -> StoredCall:
        async with self.store.transaction() as transaction:
            call = await transaction.calls.get(call_id)
        if call is not None and reader.sees_everything and not manages(call, reader):
            return call
        return managed(call, call_id, reader)


def _given_up(call: StoredCall, seat: StoredSeat) -> StoredCall:
    """Whoever had the seat counts as refusing."""
    free = replace(seat, state=SeatState.RELEASED)
    return replace(call, seats=tuple(free if one.id == seat.id else one for one in call.seats))
