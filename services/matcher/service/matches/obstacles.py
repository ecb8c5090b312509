"""What stands between two organisations at this moment."""

from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.pairs import Pair
from services.matcher.domain.restrictions import Codes
from services.matcher.store import StoreTransaction
from shared.contracts.why_not import ReasonCode
from shared.errors import ProblemError

_BARRING = frozenset(
    {ReasonCode.NEVER_AGAIN, ReasonCode.CONFLICT_OF_INTEREST, ReasonCode.POLICY_HOLD}
)


@dataclass(frozen=True)
class Obstacles:
    """Codes that keep the two apart, and who has no capacity left."""

    barring: tuple[str, ...]
    full: tuple[str, ...]

    def require_none(self) -> None:
        """Raises ProblemError("match_blocked")."""
        if self.barring:
            raise ProblemError("match_blocked", codes=", ".join(self.barring))


async def obstacles(transaction: StoreTransaction, pair: Pair, now: datetime) -> Obstacles:
    """Read now: constraints may have come since the two were suggested."""
    cards = await transaction.cards.of(pair)
    unavailable = await transaction.barred.unavailable(stale_before=None)
    said = (await transaction.pairs.of(pair.first, now.date())).get(pair.second, frozenset())
    codes: Codes = said.union(*(unavailable.get(id, frozenset()) for id in pair))
    barring = {code.value for code in codes & _BARRING}
    if any(not card.active for card in cards.values()):
        barring.add(ReasonCode.WITHDRAWN.value)
    if await _excluded(transaction, pair):
        barring.add("excluded")
    full = [id for id in pair if ReasonCode.AT_CAPACITY in unavailable.get(id, frozenset())]
    return Obstacles(tuple(sorted(barring)), tuple(full))


async def _excluded(transaction: StoreTransaction, pair: Pair) -> bool:
    one, other = pair
    return other in await transaction.snapshots.excluding(
        one
    ) or one in await transaction.snapshots.excluding(other)
