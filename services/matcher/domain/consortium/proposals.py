"""Several teams for one call, which differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.consortium.constants import NEW_MEMBERS, SMALLEST_GAIN
from services.matcher.domain.consortium.cover import cover
from services.matcher.domain.consortium.exact import ExactSolver, SolverGaveUpError
from services.matcher.domain.consortium.exchanges import without
from services.matcher.domain.consortium.guarantee import Guarantee, guarantee
from services.matcher.domain.consortium.improve import improved
from services.matcher.domain.consortium.problem import Flags, Purpose, Quota, Team, TeamProblem
from services.matcher.domain.consortium.quality import quality


@dataclass(frozen=True)
class Proposal:
    """A team that has all it must have."""

    team: Team
    quality: float
    greedy: bool
    """Whether the greedy found its cover; else the exact solver did."""
    guarantee: Guarantee


def propose(problem: TeamProblem, count: int, solver: ExactSolver) -> list[Proposal]:
    """At most `count`, best first; none only where it is proved that there is none.

    Raises SolverGaveUpError when that was not decided in time.
    """
    found: list[Proposal] = []
    while len(found) < count:
        following = _next(problem, [one.team for one in found], solver)
        if following is None:
            break
        found.append(following)
    return sorted(found, key=lambda one: (-round(one.quality, 9), len(one.team), one.team))


def differing(team: Team, others: Sequence[Team]) -> int | None:
    """Members that it has and the most similar of the others has not; None without others."""
    return min((len(set(team) - set(other)) for other in others), default=None)


def _next(problem: TeamProblem, earlier: list[Team], solver: ExactSolver) -> Proposal | None:
    if not earlier:
        return _proposal(problem, problem, earlier, solver)
    for new in range(NEW_MEMBERS, 0, -1):
        try:
            found = _proposal(problem, _different(problem, earlier, new), earlier, solver)
        except SolverGaveUpError:
            continue
        if found and not _padded(problem, found.team) and not _again(problem, found.team, earlier):
            return found
    return None


def _padded(problem: TeamProblem, team: Team) -> bool:
    """Whether some are in it for nothing but to make it differ."""
    whole = quality(problem, team)
    return any(
        whole - quality(problem, rest) < SMALLEST_GAIN and not problem.missing(rest).any()
        for rest in (without(team, one) for one in team if one not in problem.fixed)
    )


def _again(problem: TeamProblem, team: Team, earlier: list[Team]) -> bool:
    """Whether those who cover something are the same as before, or fewer of them, beside others
    for kinds or size."""
    return any(_core(problem, team) <= _core(problem, other) for other in earlier)


def _core(problem: TeamProblem, team: Team) -> frozenset[int]:
    covering: Flags = np.asarray(problem.values.any(axis=0))
    return frozenset(one for one in team if covering[one])


def _proposal(
    problem: TeamProblem, narrowed: TeamProblem, earlier: list[Team], solver: ExactSolver
) -> Proposal | None:
    used = _used(problem, earlier)
    covering = cover(narrowed, used)
    found = covering if covering is not None else solver.best(narrowed)
    if found is None:
        return None
    team = improved(narrowed, found, used)
    greedy = covering is not None
    promised = guarantee(narrowed, team, greedy=greedy, held_back=bool(earlier))
    return Proposal(team, quality(problem, team), greedy, promised)


def _different(problem: TeamProblem, earlier: list[Team], new: int) -> TeamProblem:
    quotas = []
    for team in earlier:
        others = np.ones(problem.size, dtype=bool)
        others[list(team)] = False
        quotas.append(Quota(Purpose.DIFFERENT, "", others, new))
    return replace(problem, quotas=(*problem.quotas, *quotas))


def _used(problem: TeamProblem, earlier: list[Team]) -> Flags:
    used = np.zeros(problem.size, dtype=bool)
    for team in earlier:
        used[list(team)] = True
    return used
