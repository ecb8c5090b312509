"""How evenly suggestions fall on organisations."""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.allocate import Allocation
from services.matcher.domain.allocation.graph import Ints

_FEW = 0.01


@dataclass(frozen=True)
class Exposure:
    """In how many lists organisations stand."""

    gini: float
    """Over those that are anyone's candidate: the others could not be shown."""
    gini_of_all: float
    """Over all partners of the graph."""
    most: int
    """Of one organisation."""
    top_percent: float
    """Share of all exposure that the most shown 1 % of the candidates have."""
    shown: int
    """Organisations that stand in some list."""
    candidates: int
    """Organisations that could."""


def exposure(allocation: Allocation) -> Exposure:
    """Of the lists as they are."""
    graph = allocation.graph
    shown = np.bincount(graph.partner[allocation.edges], minlength=graph.partners)
    possible = shown[graph.wanted() > 0]
    few = max(1, int(np.ceil(_FEW * len(possible))))
    return Exposure(
        gini=gini(possible),
        gini_of_all=gini(shown),
        most=int(shown.max(initial=0)),
        top_percent=float(np.sort(possible)[-few:].sum() / max(1, possible.sum())),
        shown=int(np.count_nonzero(shown)),
        candidates=len(possible),
    )


def gini(amounts: Ints) -> float:
    """0 where all have the same, towards 1 where one has all; 0 where there is nothing."""
    total, count = amounts.sum(), len(amounts)
    if not total:
        return 0.0
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float(weights @ np.sort(amounts) / (count * total))
