"""How many places there are in lists, and in how many lists one may stand."""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.graph import CandidateGraph, Floats, Ints, Mask

LIST_PLACES = 50
"""Suggestions that a rematch gives one organisation: the first are its best, the last are where
evenness comes from. With ten or twenty there is too little to share out, see docs/performance.md.
"""

CONGESTION_PRICE = 0.003
"""What standing in one more list costs for each list one stands in already, in expected value at
the first place: chosen on the `tune` halves, see docs/performance.md for the curve."""

LARGEST_PLAN = 30_000_000
"""Cells, seekers by partners, of a dense plan: a quarter of a gigabyte each for the few matrices of
that size."""

PROMISES_LEAST = frozenset({"flow"})
"""Strategies that give everyone what is due, or say why it cannot be."""

PRICES_EXPOSURE = frozenset({"flow"})
DENSE = frozenset({"transport"})
"""Strategies whose plan has a cell for each seeker and partner."""


@dataclass(frozen=True)
class Capacities:
    """What each organisation can take."""

    lists: Ints
    """Places in each seeker's list, shape (seekers,)."""
    exposure: Ints
    """In how many lists each partner may stand, shape (partners,)."""

    @classmethod
    def of(
        cls, graph: CandidateGraph, *, lists: int | Ints, exposure: int | Ints | None = None
    ) -> "Capacities":
        """The same for all, or one number each; without `exposure` there is no limit."""
        most = graph.seekers if exposure is None else exposure
        return cls(_each(lists, graph.seekers), _each(most, graph.partners))


@dataclass(frozen=True)
class Bounds:
    """What is asked of the whole beside the capacities."""

    exposure: int | None = None
    """The most lists that anyone may stand in; None for the capacities alone."""
    least: int = 0
    """Suggestions that every seeker gets, as far as it has candidates and places."""
    congestion: float = CONGESTION_PRICE
    """Price of the second list that a partner stands in; the third costs twice as much, and so on.
    For a strategy that prices exposure (`flow`)."""


@dataclass(frozen=True)
class Problem:
    """A graph with its limits, as strategies see it."""

    graph: CandidateGraph
    lists: Ints
    exposure: Ints
    least: Ints
    """Suggestions due to each seeker, shape (seekers,)."""
    congestion: float
    bound: int | None
    """Of exposure, the same for all; within `exposure` already."""
    capacity: Ints
    """Of exposure, without the bound."""

    @classmethod
    def of(cls, graph: CandidateGraph, capacities: Capacities, bounds: Bounds) -> "Problem":
        """Raises ValueError for arrays of other lengths, negative numbers."""
        if capacities.lists.shape != (graph.seekers,):
            raise ValueError("capacities.lists must have one number for each seeker")
        if capacities.exposure.shape != (graph.partners,):
            raise ValueError("capacities.exposure must have one number for each partner")
        numbers = (bounds.least, bounds.congestion, bounds.exposure or 0)
        if (
            min(numbers) < 0
            or min(capacities.lists.min(initial=0), capacities.exposure.min(initial=0)) < 0
        ):
            raise ValueError("capacities and bounds must not be negative")
        most = graph.seekers if bounds.exposure is None else bounds.exposure
        least = np.minimum(bounds.least, np.minimum(capacities.lists, graph.choices()))
        return cls(
            graph,
            capacities.lists,
            np.minimum(capacities.exposure, most),
            least,
            bounds.congestion,
            bounds.exposure,
            capacities.exposure,
        )

    def kept_by(self, chosen: Mask) -> bool:
        """Whether edges, shape (edges,), keep within the capacities."""
        used = np.bincount(self.graph.seeker[chosen], minlength=self.graph.seekers)
        shown = np.bincount(self.graph.partner[chosen], minlength=self.graph.partners)
        return bool((used <= self.lists).all() and (shown <= self.exposure).all())


def attention(rank: Ints) -> Floats:
    """The share of a list's readers who get to a place, 0 for the first: 1 / (1 + rank).

    So that the first places are kept and the last ones are shared out. Exposure by position is
    that of Singh and Joachims (KDD 2018); their logarithm falls too slowly here, see the curves.
    """
    return np.asarray(1.0 / (1.0 + rank), dtype=np.float64)


def _each(number: int | Ints, count: int) -> Ints:
    return np.broadcast_to(np.asarray(number, dtype=np.int64), (count,)).copy()
