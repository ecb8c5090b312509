"""How two organisations fit, where somebody wants to know before any run has said so."""

from dataclasses import dataclass, replace

from services.matcher.domain.matches.suggesting import SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.service.late_answers import with_answers
from services.matcher.service.listing import Listing, ListingRequest, PartnerListing
from services.matcher.service.matches.evidence import suggested_pair
from services.matcher.service.matches.journal import PLATFORM
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.pair_records import KeepPairRecords
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError


@dataclass(frozen=True)
class ExplainPair:
    """Needs the model and the index."""

    listing: PartnerListing
    records: KeepPairRecords

    async def explain(self, pair: Pair) -> SuggestedPair | None:
        """None where an organisation has not been taken in yet, or a part is away."""
        try:
            return await self._explained(pair)
        except ProblemError:
            return None

    async def _explained(self, pair: Pair) -> SuggestedPair | None:
        request = ListingRequest(pair.first, SuggestionSide.MUTUAL, SuggestionFilter())
        listing = await self.listing.listed(request, PLATFORM, EVERYWHERE)
        scored = await self._scored(listing, pair.second)
        if scored is None:
            return None
        answered = await with_answers(listing.live, listing.asker, [scored])
        found = suggested_pair(listing.asker, answered[pair.second])
        snapshots = {
            pair.first: await self.records.snapshot_in(listing, pair.second),
            pair.second: await self.records.snapshot(NamedPair(pair.second, pair.first)),
        }
        known = {side: one for side, one in snapshots.items() if one}
        return replace(found, evidence=replace(found.evidence, snapshots=known))

    async def _scored(self, listing: Listing, other: str) -> ScoredPartner | None:
        for one in listing.partners:
            if one.id == other:
                return one.scored
        found = await self.listing.scored_among(listing, [other], SuggestionSide.MUTUAL)
        return found.get(other)
