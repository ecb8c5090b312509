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
    languages = {statement.key: statement.language for statement in asker.statements}
    best: defaultdict[str, dict[StatementKey, float]] = defaultdict(dict)
    for own, other in pairs:
        if own not in languages:
            continue
        # The other's language is not known before its snapshot is read.
        background = statistics.background_of(languages[own], languages[own])
        standard = max(0.0, standardised(lookup(own, other), background))
        found = best[other.organisation]
        found[own] = max(found.get(own, 0.0), standard)
    return best_first({id: sum(found.values()) for id, found in best.items()})
