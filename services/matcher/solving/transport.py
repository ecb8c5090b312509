"""Lists by entropic optimal transport, solved by POT.

Partial transport (Benamou et al., "Iterative Bregman projections for regularized transportation
problems", SIAM J. Sci. Comput. 2015): no seeker sends more than its places, no partner takes more
than its exposure, and as much as can be is carried. The plan is dense: for graphs of moderate size.
"""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.allocation.bounds import LARGEST_PLAN, Problem, attention
from services.matcher.domain.allocation.graph import Floats, Mask
from services.matcher.domain.allocation.top_k import greedy

REGULARISATION = 0.02
"""In units of value; smaller is nearer to the flow's answer and slower."""

_ROUNDS = 100
_NO_EDGE = 1.5
"""Cost of a pair that is no candidate: hardly anything goes there, but the plan stays feasible."""


class TooLargeError(ValueError):
    """The dense plan would not fit; use another strategy."""


@dataclass(frozen=True)
class Transport:
    """Lists by the plan's mass, within the capacities. Does not promise `least`."""

    regularisation: float = REGULARISATION
    name: str = "transport"

    def chosen(self, problem: Problem, seed: int) -> Mask:
        """See `Strategy`; nothing here is random. Raises TooLargeError."""
        graph = problem.graph
        if not graph.edges:
            return np.zeros(0, dtype=bool)
        if graph.seekers * graph.partners > LARGEST_PLAN:
            raise TooLargeError(
                f"{graph.seekers} x {graph.partners} is too large for a dense transport plan; "
                "use flow or transferable_utility"
            )
        return greedy(problem, self._plan(problem)[graph.seeker, graph.partner])

    def _plan(self, problem: Problem) -> Floats:
        from ot.partial import entropic_partial_wasserstein

        graph = problem.graph
        cost = np.full((graph.seekers, graph.partners), _NO_EDGE)
        cost[graph.seeker, graph.partner] = 1 - graph.value * attention(graph.rank())
        sent = np.minimum(problem.lists, graph.choices()).astype(np.float64)
        room = np.minimum(problem.exposure, graph.wanted()).astype(np.float64)
        rows, columns = np.flatnonzero(sent), np.flatnonzero(room)
        plan = np.zeros_like(cost)
        if not (len(rows) and len(columns)):
            return plan
        # In shares of one: the method's stopping rule is absolute.
        carried = min(sent.sum(), room.sum())
        sending, taking = sent[rows] / carried, room[columns] / carried
        plan[np.ix_(rows, columns)] = entropic_partial_wasserstein(
            sending,
            taking,
            cost[np.ix_(rows, columns)],
            reg=self.regularisation,
            m=min(sending.sum(), taking.sum()),
            numItermax=_ROUNDS,
            stopThr=1e-7,
        )
        return plan
