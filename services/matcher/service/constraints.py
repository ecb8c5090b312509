"""What the constraints are at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.restrictions import (
    Codes,
    Restrictions,
    months_before,
    pair_restrictions,
)
from services.matcher.service.fresh import Asker
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.why_not import ReasonCode

STALE_MONTHS = 24
_HIDDEN_FROM_SEARCH = frozenset({ReasonCode.POLICY_HOLD, ReasonCode.STALE_PROFILE})


@dataclass(frozen=True)
class Constraints:
    """Reads who may not be suggested; one transaction each."""

    store: MatcherStore
    stale_months: int = STALE_MONTHS
    """Profiles not updated for so long are not suggested; 0 suggests all."""
    again_after: timedelta = MatchPolicy().again_after
    """So long a declined suggestion stays away, though nothing has changed."""

    async def of(self, asker: Asker) -> Restrictions:
        """Who may not be suggested to this organisation."""
        profile = asker.profile
        async with self.store.reading() as stored:
            return Restrictions(
                of_pair=pair_restrictions(
                    profile, asker.excluding, await self._of_pair(stored, profile.id)
                ),
                of_all=await self._unavailable(stored),
                held_statements=await stored.holds.held_statements(profile.id),
            )

    async def _of_pair(self, stored: StoreTransaction, id: str) -> dict[str, Codes]:
        now = datetime.now(UTC)
        said = await stored.pairs.of(id, now.date())
        for other, codes in (await stored.declined.of(id, now - self.again_after)).items():
            said[other] = said.get(other, frozenset()) | codes
        return said

    async def unavailable(self) -> Mapping[str, Codes]:
        """Who may not be proposed to anybody; ids with the reasons."""
        async with self.store.reading() as stored:
            return await self._unavailable(stored)

    async def hidden_from_search(self, transaction: StoreTransaction) -> frozenset[str]:
        """Organisations that screening holds, or whose profile is stale.

        Who is full is found: a search is no suggestion, and nobody is introduced by it.
        """
        unavailable = await self._unavailable(transaction)
        return frozenset(id for id, codes in unavailable.items() if codes & _HIDDEN_FROM_SEARCH)

    async def _unavailable(self, transaction: StoreTransaction) -> dict[str, Codes]:
        before = stale_before(datetime.now(UTC).date(), self.stale_months)
        return await transaction.barred.unavailable(stale_before=before)


def stale_before(today: date, months: int) -> datetime | None:
    """Profiles that were updated earlier are stale; None where none is."""
    if not months:
        return None
    return datetime.combine(months_before(today, months), time.min, UTC)
