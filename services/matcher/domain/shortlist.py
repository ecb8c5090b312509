"""Which organisations are worth exact scores."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.pair_score import PairEvidence, standardised
from services.matcher.domain.ranking import best_first
from services.matcher.domain.statements import MatchedOrganisation, StatementKey

Pair = tuple[StatementKey, StatementKey]


def shortlist(
    asker: MatchedOrganisation,
    lookup: Callable[[StatementKey, StatementKey], PairEvidence],
    pairs: Iterable[Pair],
    statistics: CorrectionStatistics,
) -> list[str]:
    """Organisations by falling promise, from the pairs (own, other) that the index brought up.

    Promise is the sum, over the asker's statements, of how far the best pair stands above
    unrelated ones: one that is strong in either direction gets its exact score.
    """
    # The other's language is not known before its snapshot is read.
    backgrounds = {
        one.key: statistics.background_of(one.language, one.language) for one in asker.statements
    }
    best: defaultdict[str, dict[StatementKey, float]] = defaultdict(dict)
    for own, other in pairs:
        background = backgrounds.get(own)
        if background is None:
            continue
        standard = standardised(lookup(own, other), background)
        found = best[other.organisation]
        if standard > found.get(own, 0.0):
            found[own] = standard
    return best_first({id: sum(found.values()) for id, found in best.items()})
