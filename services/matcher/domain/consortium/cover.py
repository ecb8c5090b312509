"""A team that meets all quotas, by taking again and again who meets most of what is missing.

Wolsey (1982, Combinatorica 2:385): for an integer-valued monotone submodular f the greedy needs at
most H(d) times the members of the smallest set with f complete, d being the largest gain of one
member, H(d) = 1 + 1/2 + ... + 1/d. Here f counts what the quotas have got; the fixed members are
there from the start, which leaves f submodular.
"""

import numpy as np

from services.matcher.domain.consortium.problem import Counts, Flags, Team, TeamProblem
from services.matcher.domain.consortium.quality import gains


def cover(problem: TeamProblem, used: Flags) -> Team | None:
    """None where the greedy finds no team, which does not prove that there is none.

    Ties go to those who are not `used`, shape (organisations,), then to those who add more
    quality, then to those who come nearer, then to the lower number.
    """
    team = list(problem.fixed)
    if not problem.at_peace(team) or len(team) > problem.most:
        return None
    while problem.missing(team).any():
        chosen = _next(problem, team, used)
        if chosen is None or len(team) >= problem.most:
            return None
        team.append(chosen)
    return tuple(sorted(team))


def cover_gains(problem: TeamProblem, team: Team | list[int]) -> Counts:
    """Units of missing quotas that each organisation would give, shape (organisations,)."""
    open_quotas = (problem.missing(team) > 0).astype(np.int64)
    return np.asarray(open_quotas @ problem.quota_members)


def _next(problem: TeamProblem, team: list[int], used: Flags) -> int | None:
    given = np.where(problem.addable(team), cover_gains(problem, team), 0)
    if not given.any():
        return None
    # lexsort: the last key is the first to decide; it is stable, so the lowest number wins.
    order = np.lexsort((-problem.near, -gains(problem, team), used, -given))
    return int(order[0])
