"""Plans and moments for tests."""

from datetime import UTC, datetime

from services.matcher.domain.rematch.plan import Plan
from services.matcher.service.rematch.moment import Moment
from services.matcher.service.rematch.starting import planned
from tests.support.matcher_bench import MatcherBench

DAY = datetime.now(UTC).date()


async def plan_of(bench: MatcherBench) -> Plan:
    async with bench.store.transaction() as transaction:
        everyone = list(await transaction.rematch.covers.versions())
        return await planned(transaction, everyone, 24, datetime.now(UTC))


async def moment_of(bench: MatcherBench, plan: Plan, memory_bytes: int = 10**9) -> Moment:
    encoder = bench.live.current().encoder
    return Moment(bench.store, encoder, plan, memory_bytes=memory_bytes)
