"""Lists as a flow of least cost, solved by OR-tools.

Source, seekers, partners, sink; an edge of the graph is an arc of capacity 1. What a partner's next
list costs rises with each, as parallel arcs to the sink: a convex cost, which keeps the flow
integral and exact (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 14). Bounding how
often an item is recommended by a flow is Adomavicius and Kwon's (INFORMS J. Computing 2014), by
capacities Christakopoulou, Kawale and Banerjee's (KDD 2017).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from services.matcher.domain.allocation.bounds import Problem, attention
from services.matcher.domain.allocation.graph import Ints, Mask
from services.matcher.domain.allocation.shortage import InfeasibleBoundsError, shortage
from services.matcher.solving.delivery import delivery

if TYPE_CHECKING:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

_SCALE = 10**6
"""Costs are integral: values count to six decimals, as scores do everywhere."""

_FILLED = 10**9
"""Worth of a filled place, above any price: lists are filled first, then shared out well."""
_DUE = 10**12
"""Worth of a suggestion that is due: above all that others could give up for it."""

_SINGLE = 16
_GROWTH = 1.25
"""A partner's first lists have a price each, later ones share it in growing steps."""


@dataclass(frozen=True)
class MinCostFlow:
    """As many suggestions as there are places, at the most value less the price of congestion.

    Value counts by attention, unless not `attentive`: then every place of a list counts alike.
    """

    attentive: bool = True
    name: str = "flow"

    def chosen(self, problem: Problem, seed: int) -> Mask:
        """See `Strategy`. Exact; of equals the solver takes the same each time."""
        graph = problem.graph
        if not graph.edges:
            return np.zeros(0, dtype=bool)
        # An import that only a job needs.
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            graph.seeker,
            graph.seekers + graph.partner,
            np.ones(graph.edges, dtype=np.int64),
            -self._worth(problem),
        )
        source, sink = graph.seekers + graph.partners, graph.seekers + graph.partners + 1
        _add_lists(solver, problem, source)
        _add_prices(solver, problem, sink)
        places = int(problem.lists.sum())
        # Places that stay empty.
        solver.add_arc_with_capacity_and_unit_cost(source, sink, places, 0)
        solver.set_node_supply(source, places)
        solver.set_node_supply(sink, -places)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"the flow was not solved: {status}")
        chosen = np.asarray(solver.flows(arcs) > 0)
        _check(problem, chosen)
        return chosen

    def _worth(self, problem: Problem) -> Ints:
        worth = problem.graph.value
        if self.attentive:
            worth = worth * attention(problem.graph.rank())
        return np.rint(worth * _SCALE).astype(np.int64)


def _check(problem: Problem, chosen: Mask) -> None:
    """What is due is worth more than anything else: where it is missing, nothing could help."""
    given = np.bincount(problem.graph.seeker[chosen], minlength=problem.graph.seekers)
    if (given < problem.least).any() and (missing := shortage(problem, delivery)):
        raise InfeasibleBoundsError(missing)


def _add_lists(solver: "SimpleMinCostFlow", problem: Problem, source: int) -> None:
    seekers = np.arange(problem.graph.seekers)
    start = np.full(len(seekers), source)
    for places, worth in (
        (problem.least, _DUE),
        (np.maximum(problem.lists - problem.least, 0), _FILLED),
    ):
        solver.add_arcs_with_capacity_and_unit_cost(
            start, seekers, places, np.full(len(seekers), -worth)
        )


def _add_prices(solver: "SimpleMinCostFlow", problem: Problem, sink: int) -> None:
    most = np.minimum(problem.exposure, problem.graph.wanted())
    steps = _steps(int(most.max(initial=0)))
    starts, ends = steps[:-1], steps[1:]
    price = problem.congestion * _SCALE * (starts + ends - 1) / 2
    # The worth of a filled place stays above every price.
    price = np.minimum(np.rint(price), _FILLED // 2).astype(np.int64)
    partner, step = np.nonzero(most[:, None] > starts[None, :])
    solver.add_arcs_with_capacity_and_unit_cost(
        problem.graph.seekers + partner,
        np.full(len(partner), sink),
        np.minimum(most[partner], ends[step]) - starts[step],
        price[step],
    )


def _steps(most: int) -> Ints:
    """Bounds of the steps of a price: 0, 1, 2 ... 16, 20, 25 ... up to `most` or beyond."""
    steps = list(range(_SINGLE + 1))
    while steps[-1] < most:
        steps.append(int(steps[-1] * _GROWTH))
    return np.array(steps, dtype=np.int64)
