"""The exact counterpart of the greedy: teams as an integer program.

Columns: one binary for each organisation, one continuous for each (requirement, organisation) that
covers it and the requirement is counted for, one binary for each switch. HiGHS (Huangfu and Hall
2018) is deterministic up to its limit of nodes.
"""

from collections.abc import Sequence

import numpy as np

from services.matcher.domain.consortium.exact import SolverGaveUpError
from services.matcher.domain.consortium.problem import Floats, Team, TeamProblem
from services.matcher.domain.consortium.switches import Switch
from services.matcher.solving.program import Program

_SMALLEST_SEAT = 1e-6
"""Of two teams as good the smaller one."""

_EARLIER = 2e-5
"""Of switches that cost the same the first, so that the answer is the same each time."""


class MilpSolver:
    """See `ExactSolver`."""

    def __init__(self, *, seconds: float = 2.0, nodes: int = 20_000) -> None:
        self._seconds, self._nodes = seconds, nodes

    def best(self, problem: TeamProblem) -> Team | None:
        """A feasible team of the best quality; None where there is none."""
        rows, columns = np.nonzero(problem.values > 0)
        worth = problem.weights[rows] * problem.values[rows, columns]
        program = self._program(problem, extra=len(rows))
        program.cost[: problem.size] = _SMALLEST_SEAT
        program.cost[problem.size :] = -worth
        for row in range(len(problem.weights)):
            counted = problem.size + np.flatnonzero(rows == row)
            program.at_most(dict.fromkeys(counted.tolist(), 1.0), 1.0)
        for place, organisation in enumerate(columns.tolist()):
            program.at_most({problem.size + place: 1.0, organisation: -1.0}, 0.0)
        return _team(problem, self._solved(program))

    def smallest(self, problem: TeamProblem) -> Team | None:
        """A feasible team with the fewest members; None where there is none."""
        program = self._program(problem)
        program.cost[: problem.size] = 1.0
        return _team(problem, self._solved(program))

    def cheapest(
        self, problem: TeamProblem, switches: Sequence[Switch], barred: Sequence[frozenset[int]]
    ) -> frozenset[int] | None:
        """Numbers of the switches that together cost least and let there be a feasible team."""
        program = self._program(problem, switches=switches)
        start = problem.size
        program.cost[start:] = [n * _EARLIER + one.price for n, one in enumerate(switches)]
        for number, switch in enumerate(switches):
            if switch.after is not None:
                program.at_most({start + number: 1.0, start + switch.after: -1.0}, 0.0)
        for together in barred:
            program.at_most({start + one: 1.0 for one in together}, len(together) - 1.0)
        found = self._solved(program)
        return None if found is None else frozenset(np.flatnonzero(found[start:] > 0.5).tolist())

    def _program(
        self, problem: TeamProblem, *, extra: int = 0, switches: Sequence[Switch] = ()
    ) -> Program:
        program = Program(problem.size + extra + len(switches), binary=problem.size)
        program.make_binary(problem.size + extra)
        _limit(program, problem, switches)
        _admit(program, problem, switches)
        for row, quota in enumerate(problem.quotas):
            relief = {
                problem.size + number: float(switch.relief[row])
                for number, switch in enumerate(switches)
                if row in switch.relief
            }
            members = dict.fromkeys(np.flatnonzero(quota.members).tolist(), 1.0)
            program.at_least({**members, **relief}, quota.least)
        for first, second in np.argwhere(np.triu(problem.conflicts)).tolist():
            program.at_most({first: 1.0, second: 1.0}, 1.0)
        return program

    def _solved(self, program: Program) -> Floats | None:
        found = program.solved(seconds=self._seconds, nodes=self._nodes)
        if found is None and not program.proved_infeasible:
            raise SolverGaveUpError
        return found


def _limit(program: Program, problem: TeamProblem, switches: Sequence[Switch]) -> None:
    seats = {problem.size + n: -float(one.seats) for n, one in enumerate(switches) if one.seats}
    program.at_most({**dict.fromkeys(range(problem.size), 1.0), **seats}, problem.most)


def _admit(program: Program, problem: TeamProblem, switches: Sequence[Switch]) -> None:
    """Fixed members unless they are let go; outsiders only when something admits them."""
    freeing = {one.frees: problem.size + n for n, one in enumerate(switches)}
    for member in problem.fixed:
        let_go = {freeing[member]: 1.0} if member in freeing else {}
        program.at_least({member: 1.0, **let_go}, 1.0)
    admitting: dict[int, dict[int, float]] = {}
    for number, switch in enumerate(switches):
        if switch.admits is not None:
            for outsider in np.flatnonzero(switch.admits).tolist():
                admitting.setdefault(outsider, {})[problem.size + number] = -1.0
    for outsider, by in admitting.items():
        program.at_most({outsider: 1.0, **by}, 0.0)


def _team(problem: TeamProblem, found: Floats | None) -> Team | None:
    if found is None:
        return None
    return tuple(int(one) for one in np.flatnonzero(found[: problem.size] > 0.5))
