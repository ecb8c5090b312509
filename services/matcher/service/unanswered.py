"""Must-haves that no organisation on the platform answers, said once for the whole list."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.constants import MET
from services.matcher.domain.restrictions import EXCLUDED_BY_NAME
from services.matcher.domain.statements import Statement
from services.matcher.ports import IndexFilter
from services.matcher.service.listing import Listing
from services.matcher.service.nearest_answers import nearest_scores
from shared.contracts.organisation import Necessity, Side


@dataclass(frozen=True)
class Unanswered:
    """A must-have, and the score of what comes nearest to an answer."""

    need: Statement
    best: float


async def unanswered_must_haves(listing: Listing) -> list[Unanswered]:
    """Those without a capability above the threshold, whatever the list was narrowed to.

    Organisations that are barred for this asker count as not there; confidential capabilities
    count, as they do in scores.
    """
    open_needs = _not_met_in(listing)
    if not open_needs:
        return []
    best = await _best_scores(listing, open_needs)
    return [Unanswered(need, score) for need, score in best if score < MET]


def _not_met_in(listing: Listing) -> list[Statement]:
    scored = [*(one.scored for one in listing.partners), *listing.below_minimum]
    met = {
        answer.asking.key
        for one in scored
        for answer in one.receives.answers
        if answer.score >= MET
    }
    needs = listing.asker.side(Side.NEED)
    return [n for n in needs if n.necessity is Necessity.MUST_HAVE and n.key not in met]


async def _best_scores(
    listing: Listing, needs: Sequence[Statement]
) -> list[tuple[Statement, float]]:
    excluded = {listing.asker.id, *listing.restrictions.excluded(EXCLUDED_BY_NAME)}
    narrowing = IndexFilter(Side.CAPABILITY, excluded_organisations=tuple(sorted(excluded)))
    scores = await nearest_scores(listing.live, needs, [narrowing] * len(needs))
    return list(zip(needs, scores, strict=True))
