"""What is promised of a proposal, and under which constraints."""

import math
from dataclasses import dataclass

from services.matcher.domain.consortium.constants import SMALLEST_GAIN
from services.matcher.domain.consortium.cover import cover_gains
from services.matcher.domain.consortium.problem import Team, TeamProblem
from services.matcher.domain.consortium.quality import most_possible, quality


@dataclass(frozen=True)
class Guarantee:
    """`share_of_best` always holds; the factors only where they are given."""

    share_of_best: float
    """The quality as a share of a bound that no team within all limits exceeds."""
    cover_factor: float | None
    """Members that the greedy took to meet the quotas, before idle ones went, over the fewest
    possible: at most this (Wolsey 1982). None with conflicts among the organisations, which
    make teams no matroid, and where the exact solver was asked."""
    fill_factor: float | None
    """What the members beyond those add, over the most that as many could add: at least 1 - 1/e
    (Nemhauser et al. 1978), or 1 / (1 + D) where each organisation is in conflict with at most D
    others, since teams without conflicts are a D-system (Fisher et al. 1978). None where members
    of earlier proposals are held back, or the exact solver was asked."""


def guarantee(problem: TeamProblem, team: Team, *, greedy: bool, held_back: bool) -> Guarantee:
    """Of a feasible team that was improved after its cover was found."""
    conflicts = int(problem.conflicts.sum(axis=1).max(initial=0))
    return Guarantee(
        share_of_best=_share(quality(problem, team), most_possible(problem, team)),
        cover_factor=_cover_factor(problem) if greedy and not conflicts else None,
        fill_factor=_fill_factor(conflicts) if greedy and not held_back else None,
    )


def harmonic(number: int) -> float:
    """1 + 1/2 + ... + 1/number; 1 for 0."""
    return max(1.0, sum(1.0 / one for one in range(1, number + 1)))


def _cover_factor(problem: TeamProblem) -> float:
    return harmonic(int(cover_gains(problem, problem.fixed).max(initial=0)))


def _fill_factor(conflicts: int) -> float:
    return 1.0 / (1.0 + conflicts) if conflicts else 1.0 - math.exp(-1.0)


def _share(reached: float, possible: float) -> float:
    return 1.0 if possible < SMALLEST_GAIN else min(1.0, reached / possible)
