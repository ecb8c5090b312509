"""Asking organisations to a call's team, and their answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.matcher.call_store import RequestKey
from services.matcher.domain.calls.rights import invites_directly, manages
from services.matcher.domain.calls.seats import answered, invited, released, requested, seated
from services.matcher.domain.calls.stored import Change, StoredCall, StoredSeat
from services.matcher.service.calls.eligible import check_eligible
from services.matcher.service.calls.expected import Expected
from services.matcher.service.calls.journal import record
from services.matcher.service.calls.keep_calls import Clock, found, managed, request_key, utc_now
from services.matcher.service.calls.publishers import Publishers
from services.matcher.service.calls.refusals import as_problems
from services.matcher.service.calls.views import call_view
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.calls import Call
from shared.contracts.principal import Principal
from shared.contracts.seats import NewSeat, Release, SeatAnswer, SeatState
from shared.errors import ProblemError

SeatStep = Callable[[StoredCall, StoredSeat], Change]


@dataclass(frozen=True)
class KeepSeats:
    """Each method is one transaction."""

    store: MatcherStore
    publishers: Publishers
    now: Clock = utc_now

    async def invite(
        self, call_id: str, new: NewSeat, by: Principal, key: str | None = None
    ) -> Call:
        """Coordinators invite; a publishing member's wish waits for a coordinator.

        Raises ProblemError `not_found`, `forbidden`, `call_state`, `seat_taken`,
        `seat_not_possible`, `seat_conflict` (coordinators only) or `idempotency_key_reused`.
        """
        state = SeatState.INVITED if invites_directly(by) else SeatState.REQUESTED
        request = request_key(by, key, new)
        async with self.store.transaction() as transaction:
            call = managed(await transaction.calls.lock(call_id), call_id, by)
            if request and await _came_before(transaction, call_id, request):
                return call_view(call, by)
            with as_problems():
                change = seated(call, new, state, by.subject, self.now())
            await self._check(transaction, call, new.organisation, by)
            kept = await self._keep(transaction, change, by, request)
        return call_view(kept, by)

    async def confirm(self, call_id: str, seat_id: int, by: Principal, expected: Expected) -> Call:
        """A suggested or requested organisation is invited; a publishing member's confirmation
        makes a suggested one requested. Raises as `invite`, and `seat_state`."""
        async with self.store.transaction() as transaction:
            call = managed(await transaction.calls.lock(call_id), call_id, by)
            expected.require(call.version)
            seat = seat_found(call, seat_id)
            step = invited if invites_directly(by) else requested
            with as_problems():
                change = step(call, seat, by.subject, self.now())
            await self._check(transaction, without(call, seat), seat.organisation, by)
            kept = await self._keep(transaction, change, by)
        return call_view(kept, by)

    async def answer(
        self, call_id: str, seat_id: int, said: SeatAnswer, by: Principal, expected: Expected
    ) -> Call:
        """By a member of the invited organisation, or for it by a coordinator; against the
        seat's version. Raises ProblemError `not_found`, `own_organisation_only`, `seat_state`,
        `call_state`, `team_is_full`, `version_required` or `stale_version`."""
        async with self.store.transaction() as transaction:
            call = found(await transaction.calls.lock(call_id), call_id)
            seat = own_seat(call, seat_id, by)
            expected.require(seat.version)
            with as_problems():
                change = answered(call, seat, said, by.subject, self.now())
            kept = await self._keep(transaction, change, by)
        return call_view(kept, by)

    async def release(
        self, call_id: str, seat_id: int, said: Release, by: Principal, expected: Expected
    ) -> Call:
        """Taken back by the publisher or a coordinator (against the call's version), or given
        back by the organisation (against the seat's): then somebody else is looked for."""
        async with self.store.transaction() as transaction:
            call = found(await transaction.calls.lock(call_id), call_id)
            given_back = not manages(call, by)
            seat = own_seat(call, seat_id, by) if given_back else seat_found(call, seat_id)
            expected.require(seat.version if given_back else call.version)
            with as_problems():
                change = released(
                    call, seat, said.remark, by.subject, self.now(), vacant=given_back
                )
            kept = await self._keep(transaction, change, by)
        return call_view(kept, by)

    async def _check(
        self, transaction: StoreTransaction, call: StoredCall, organisation: str, by: Principal
    ) -> None:
        """Conflicts between others are not told to members: a coordinator looks at their wish."""
        await self.publishers.kind(transaction, organisation)
        if invites_directly(by):
            await check_eligible(transaction, call, organisation, self.now().date())

    async def _keep(
        self,
        transaction: StoreTransaction,
        change: Change,
        by: Principal,
        request: RequestKey | None = None,
    ) -> StoredCall:
        kept = await transaction.calls.save(change.call, request)
        await record(transaction, [replace(change, call=kept)], by)
        return kept


def seat_found(call: StoredCall, seat_id: int) -> StoredSeat:
    """Raises ProblemError("not_found")."""
    seat = call.seat(seat_id)
    if seat is None:
        raise ProblemError("not_found", what="seat", id=seat_id)
    return seat


def own_seat(call: StoredCall, seat_id: int, by: Principal) -> StoredSeat:
    """The organisation's own, or for coordinators any. Raises ProblemError `not_found` for who
    may not know of the call or of the seat, `own_organisation_only` for its publisher."""
    view = call_view(call, by)
    if by.sees_everything:
        return seat_found(call, seat_id)
    seat = call.seat(seat_id)
    if seat is not None and by.speaks_for(seat.organisation) and seat.told:
        return seat
    if any(one.id == seat_id for one in view.seats):
        raise ProblemError("own_organisation_only")
    raise ProblemError("not_found", what="seat", id=seat_id)


def without(call: StoredCall, seat: StoredSeat) -> StoredCall:
    """The call as if the seat were not there."""
    return replace(call, seats=tuple(one for one in call.seats if one.id != seat.id))


async def _came_before(transaction: StoreTransaction, call_id: str, request: RequestKey) -> bool:
    try:
        return await transaction.calls.seat_by_request(call_id, request)
    except ValueError as error:
        raise ProblemError("idempotency_key_reused") from error
