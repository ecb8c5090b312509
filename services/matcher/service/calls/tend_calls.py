"""What happens to calls by itself: silence expires, who is gone leaves, free seats are filled."""

from dataclasses import dataclass, replace

import structlog

from services.matcher.domain.calls.refusal import CallRefusalError
from services.matcher.domain.calls.seats import (
    expired,
    given_up_search,
    overdue,
    released,
    seated,
)
from services.matcher.domain.calls.stored import TAKEN, Change, StoredCall, StoredSeat
from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.calls.eligible import check_eligible
from services.matcher.service.calls.journal import record
from services.matcher.service.calls.keep_calls import Clock, utc_now
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.calls import CallState, Replacing
from shared.contracts.principal import Principal, Role
from shared.contracts.seats import Alternative, NewSeat, SeatState
from shared.errors import ProblemError

_log = structlog.get_logger("calls")
_SYSTEM = Principal(subject="platform", role=Role.SERVICE)
_AT_ONCE = 50


@dataclass(frozen=True)
class TendCalls:
    """Any number may run; each call is changed under its lock."""

    store: MatcherStore
    now: Clock = utc_now

    async def tend(self, teams: ProposeTeams | None) -> int:
        """How many calls were looked at. Free seats wait while there is no index."""
        async with self.store.transaction() as transaction:
            ids = await transaction.calls.needing_attention(self.now(), _AT_ONCE)
        for id in ids:
            call = await self._settle(id)
            if call and teams:
                await self._fill(call, teams)
        return len(ids)

    async def _settle(self, id: str) -> StoredCall | None:
        """Expire what is overdue, release who is gone."""
        async with self.store.transaction() as transaction:
            call = await transaction.calls.lock(id)
            if call is None or call.state is not CallState.OPEN:
                return None
            changes: list[Change] = []
            for seat in overdue(call, self.now()):
                changes.append(expired(call, seat, _SYSTEM.subject, self.now()))
                call = changes[-1].call
            for seat in await _of_the_gone(transaction, call):
                by, now = _SYSTEM.subject, self.now()
                changes.append(released(call, seat, None, by, now, vacant=True))
                call = changes[-1].call
            if changes:
                await transaction.calls.save(call)
                await record(transaction, changes, _SYSTEM)
        return call

    async def _fill(self, call: StoredCall, teams: ProposeTeams) -> None:
        for seat in [one for one in call.seats if one.vacant]:
            try:
                found = await teams.next_best(call, seat, _SYSTEM)
            except ProblemError as error:
                if error.code in ("not_ready", "upstream_timeout"):
                    return
                _log.warning("no_replacement", call=call.id, seat=seat.id, code=error.code)
                found = ()
            await self._seat_next(call.id, seat.id, found)

    async def _seat_next(self, id: str, seat_id: int, found: tuple[Alternative, ...]) -> None:
        """The first of them that fits beside the team as it is now."""
        async with self.store.transaction() as transaction:
            call = await transaction.calls.lock(id)
            seat = call.seat(seat_id) if call else None
            if call is None or seat is None or not seat.vacant:
                return
            for one in found:
                change = await self._next(transaction, call, seat, one)
                if change:
                    await self._keep(transaction, change)
                    return
            await transaction.calls.save(given_up_search(call, seat))

    async def _next(
        self, transaction: StoreTransaction, call: StoredCall, seat: StoredSeat, one: Alternative
    ) -> Change | None:
        automatic = call.content.replacing is Replacing.AUTOMATIC and one.in_best_team
        state = SeatState.INVITED if automatic else SeatState.SUGGESTED
        new = NewSeat(
            organisation=one.partner.id,
            requirements=one.covers,
            message=seat.message,
            replaces=seat.id,
        )
        try:
            change = seated(call, new, state, _SYSTEM.subject, self.now())
            await check_eligible(transaction, call, new.organisation, self.now().date())
        except (CallRefusalError, ProblemError):
            return None
        return change

    async def _keep(self, transaction: StoreTransaction, change: Change) -> None:
        kept = await transaction.calls.save(change.call)
        await record(transaction, [replace(change, call=kept)], _SYSTEM)


async def _of_the_gone(transaction: StoreTransaction, call: StoredCall) -> list[StoredSeat]:
    taken = [one for one in call.seats if one.state in TAKEN]
    gone = await transaction.calls.gone([one.organisation for one in taken])
    return [one for one in taken if one.organisation in gone]
