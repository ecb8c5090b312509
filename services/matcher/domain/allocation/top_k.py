"""Everyone's best k: the plain strategy, beside which the others are measured."""

import numpy as np

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.graph import Floats, Mask


class TopK:
    """The best of each list; where places are short the most valuable edges get them.

    Does not promise `least`.
    """

    name = "top_k"

    def chosen(self, problem: Problem, seed: int) -> Mask:
        """See `Strategy`; nothing here is random."""
        return greedy(problem, problem.graph.value)


def greedy(problem: Problem, worth: Floats) -> Mask:
    """Edges by falling worth, shape (edges,), as long as both ends have places."""
    graph = problem.graph
    lists, room = problem.lists.tolist(), problem.exposure.tolist()
    seeker, partner = graph.seeker.tolist(), graph.partner.tolist()
    chosen = np.zeros(graph.edges, dtype=bool)
    # Stable: of equals the first in the graph's order.
    for edge in np.argsort(-worth, kind="stable").tolist():
        i, j = seeker[edge], partner[edge]
        if lists[i] > 0 and room[j] > 0:
            lists[i] -= 1
            room[j] -= 1
            chosen[edge] = True
    return chosen
