"""What happens by itself: asking after the undo window, one reminder, expiry, introductions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.matcher.domain.matches.answers import expire, nudge
from services.matcher.domain.matches.moves import Moved, move
from services.matcher.domain.matches.states import Mover
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.introducing import asked, introduced_if_agreed, last
from services.matcher.service.matches.journal import PLATFORM, record
from services.matcher.service.matches.obstacles import obstacles
from services.matcher.store import StoreTransaction
from shared.contracts.matches import MatchChange, MatchState

_AT_ONCE = 200
KEYS_ARE_KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class SweepMatches:
    """Any number of replicas may sweep: each match is looked at again under its lock."""

    cases: Cases

    async def sweep(self) -> int:
        """How many matches moved."""
        now = self.cases.now()
        moved = 0
        async with self.cases.store.transaction() as transaction:
            await transaction.request_keys.forget(now - KEYS_ARE_KEPT)
        while ids := await self._due(now):
            changed = [await self._moved(id, now) for id in ids]
            moved += sum(changed)
            if not any(changed):
                break
        after = ""
        while ids := await self._agreed(after):
            moved += sum([await self._moved(id, now) for id in ids])
            after = ids[-1]
        return moved

    async def _due(self, now: datetime) -> list[str]:
        before = now - self.cases.policy.nudge_after
        async with self.cases.store.transaction() as transaction:
            return await transaction.matches.due(now, nudge_before=before, limit=_AT_ONCE)

    async def _agreed(self, after: str) -> list[str]:
        async with self.cases.store.transaction() as transaction:
            return await transaction.matches.agreed(after=after, limit=_AT_ONCE)

    async def _moved(self, id: str, now: datetime) -> bool:
        async with self.cases.store.transaction() as transaction:
            known = await transaction.matches.get(id)
            if known is None:
                return False
            await transaction.matches.hold_capacity(known.pair)
            match = await transaction.matches.lock(id)
            steps = await self._steps(transaction, match, now) if match else []
            if match and steps:
                await transaction.matches.save([last(match, steps)])
                await record(transaction, steps, PLATFORM)
        return bool(steps)

    async def _steps(
        self, transaction: StoreTransaction, match: StoredMatch, now: datetime
    ) -> list[Moved]:
        late = match.due_at is not None and match.due_at <= now
        if match.state is MatchState.APPROVED and late:
            return await self._asked(transaction, match, now)
        if match.state is not MatchState.ASKED:
            return []
        if match.agreed:
            return await introduced_if_agreed(transaction, match, now)
        if late:
            return [expire(match, now, await transaction.cards.stated(match.pair))]
        if match.nudged_at is None and _silent_since(match) <= now - self.cases.policy.nudge_after:
            return [nudge(match, now)]
        return []

    async def _asked(
        self, transaction: StoreTransaction, match: StoredMatch, now: datetime
    ) -> list[Moved]:
        """Unless something has come between the two since it was approved."""
        found = await obstacles(transaction, match.pair, now)
        if found.barring:
            details = {"because": ",".join(found.barring)}
            held = move(match, MatchChange.HELD, Mover.PLATFORM, now, {**details}, due_at=None)
            return [held]
        return await asked(self.cases, transaction, match, PLATFORM, now)


def _silent_since(match: StoredMatch) -> datetime:
    return match.asked_at or match.since
