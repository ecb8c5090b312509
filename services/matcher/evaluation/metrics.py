"""Retrieval metrics of each query, by ir-measures (Macavaney et al., ECIR 2022) over trec_eval.

nDCG has linear gain and log2 discount; R@k is the share of the relevant ones in the first k;
MRR is the mean over queries of the reciprocal rank of the first relevant one.
"""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from numpy.typing import NDArray

from services.matcher.evaluation.engine import Ranking

_MEASURES = {"nDCG@10": nDCG @ 10, "R@1": R @ 1, "R@10": R @ 10, "R@50": R @ 50, "MRR": RR}
METRICS = tuple(_MEASURES)

Values = NDArray[np.float64]


def per_query(
    relevance: Mapping[str, Mapping[str, int]],
    run: Mapping[str, Ranking],
    queries: Sequence[str],
) -> Values:
    """Shape (queries, METRICS), in these orders; a query that the run lacks has zeros.

    The order of a ranking decides, not its scores: ties are broken before, by id.
    """
    values = np.zeros((len(queries), len(METRICS)))
    row = {query: place for place, query in enumerate(queries)}
    column = {str(measure): place for place, measure in enumerate(_MEASURES.values())}
    judged = {query: dict(relevance[query]) for query in queries}
    ranked = {query: _by_place(run[query]) for query in queries if run.get(query)}
    if ranked:
        for found in ir_measures.iter_calc(list(_MEASURES.values()), judged, ranked):
            values[row[found.query_id], column[str(found.measure)]] = found.value
    return values


def _by_place(ranking: Ranking) -> dict[str, float]:
    return {name: float(-place) for place, (name, _) in enumerate(ranking)}
