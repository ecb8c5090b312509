"""What an exact solver does; it is the oracle of the tests, and decides where the greedy fails."""

from collections.abc import Sequence
from typing import Protocol

from services.matcher.domain.consortium.problem import Team, TeamProblem
from services.matcher.domain.consortium.switches import Switch


class ExactSolver(Protocol):
    """Integer programming. Each raises SolverGaveUpError when it takes too long."""

    def best(self, problem: TeamProblem) -> Team | None:
        """A feasible team of the best quality; None where there is none."""

    def smallest(self, problem: TeamProblem) -> Team | None:
        """A feasible team with the fewest members; None where there is none."""

    def cheapest(
        self, problem: TeamProblem, switches: Sequence[Switch], barred: Sequence[frozenset[int]]
    ) -> frozenset[int] | None:
        """Numbers of the switches that together cost least and let there be a feasible team.

        None of `barred`, nor more than one of them. None where no switches help.
        """


class SolverGaveUpError(Exception):
    """Neither a team was found nor was it proved that there is none."""
