"""The most of what is due that exposure allows: a maximum flow, by OR-tools."""

import numpy as np

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.delivery import Delivery


def delivery(problem: Problem) -> Delivery:
    """See `Deliver`. Push-relabel (Goldberg and Tarjan 1988)."""
    # An import that only a job needs.
    from ortools.graph.python.max_flow import SimpleMaxFlow

    graph = problem.graph
    solver = SimpleMaxFlow()
    source, sink = graph.seekers + graph.partners, graph.seekers + graph.partners + 1
    seekers, partners = np.arange(graph.seekers), np.arange(graph.partners)
    due = solver.add_arcs_with_capacity(np.full(graph.seekers, source), seekers, problem.least)
    solver.add_arcs_with_capacity(
        graph.seeker, graph.seekers + graph.partner, np.ones(graph.edges, dtype=np.int64)
    )
    solver.add_arcs_with_capacity(
        graph.seekers + partners, np.full(graph.partners, sink), problem.exposure
    )
    status = solver.solve(source, sink)
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    missing = problem.least - solver.flows(due)
    crowd = np.array([n for n in solver.get_source_side_min_cut() if n < graph.seekers])
    return Delivery(missing, np.sort(crowd).astype(np.int64))
