"""Who could sit on a seat instead, and what that would make of the team."""

import numpy as np

from services.matcher.domain.consortium.problem import Flags, Floats, Team, TeamProblem
from services.matcher.domain.consortium.quality import best_of


def replaced(team: Team, seat: int, by: int) -> Team:
    """The team with another member instead."""
    return tuple(sorted({*team, by} - {seat}))


def without(team: Team, seat: int) -> Team:
    """The team with one member less."""
    return tuple(member for member in team if member != seat)


def exchanges(problem: TeamProblem, team: Team, seat: int) -> Floats:
    """Quality with each organisation on that seat, shape (organisations,).

    -inf where the team would not have all that it must have.
    """
    rest = without(team, seat)
    # Whoever leaves takes its conflicts along, and is no exchange for itself.
    allowed = problem.addable(rest) & _complete(problem, rest)
    allowed[seat] = False
    values = np.maximum(best_of(problem, rest)[:, None], problem.values)
    return np.where(allowed, problem.weights @ values, -np.inf)


def _complete(problem: TeamProblem, rest: Team) -> Flags:
    missing = problem.missing(rest)[:, None]
    return np.asarray((problem.quota_members >= missing).all(axis=0))
