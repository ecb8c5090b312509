"""How well a team covers the requirements: the weighted mean of each one's best member.

Facility location, which is monotone submodular (Nemhauser, Wolsey and Fisher 1978): what a member
adds only shrinks as the team grows.
"""

from collections.abc import Sequence

import numpy as np

from services.matcher.domain.consortium.problem import Floats, TeamProblem


def best_of(problem: TeamProblem, team: Sequence[int]) -> Floats:
    """The best value among the members for each requirement, shape (requirements,)."""
    members = problem.values[:, list(team)]
    return np.asarray(members.max(axis=1, initial=0.0))


def quality(problem: TeamProblem, team: Sequence[int]) -> float:
    """0 to 1."""
    return float(problem.weights @ best_of(problem, team))


def gains(problem: TeamProblem, team: Sequence[int]) -> Floats:
    """What each organisation would add to the team's quality, shape (organisations,)."""
    more = np.maximum(0.0, problem.values - best_of(problem, team)[:, None])
    return np.asarray(problem.weights @ more)


def most_possible(problem: TeamProblem, team: Sequence[int]) -> float:
    """A bound that no feasible team's quality exceeds (Minoux 1978; Leskovec et al. 2007).

    By submodularity: this team's quality and the largest gains for as many seats as there are.
    """
    seats = max(0, problem.most - len(problem.fixed))
    largest = np.sort(gains(problem, team))[::-1][:seats]
    everybody = float(problem.weights @ problem.values.max(axis=1, initial=0.0))
    return min(everybody, quality(problem, team) + float(largest.sum()))
