"""The one entrance: candidates in, lists out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from services.matcher.domain.allocation.bounds import Bounds, Capacities, Problem
from services.matcher.domain.allocation.graph import CandidateGraph, Ints, Mask


class Strategy(Protocol):
    """A way of giving out the places of all lists."""

    @property
    def name(self) -> str: ...

    def chosen(self, problem: Problem, seed: int) -> Mask:
        """Edges within the capacities, shape (edges,); the same for the same seed.

        Raises InfeasibleBoundsError where it promises what is due and cannot give it.
        """


@dataclass(frozen=True)
class Allocation:
    """Whom every seeker is shown."""

    graph: CandidateGraph
    edges: Ints
    """Places in the graph's arrays, in their order: by seeker, best first."""
    strategy: str
    seed: int

    @property
    def given(self) -> Ints:
        """The same in the arrays that the graph was made of."""
        return self.graph.given[self.edges]


def allocate(
    graph: CandidateGraph,
    capacities: Capacities,
    bounds: Bounds,
    strategy: Strategy,
    seed: int = 0,
) -> Allocation:
    """Deterministic. Raises ValueError; of `flow`, also InfeasibleBoundsError, which is one."""
    problem = Problem.of(graph, capacities, bounds)
    chosen = strategy.chosen(problem, seed)
    if not problem.kept_by(chosen):
        raise RuntimeError(f"the strategy {strategy.name} went beyond the capacities")
    return Allocation(graph, np.flatnonzero(chosen), strategy.name, seed)
