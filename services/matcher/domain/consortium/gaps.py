"""Requirements that a team does not cover, and why."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from services.matcher.domain.consortium.problem import Team, TeamProblem


class Reason(StrEnum):
    """Why nobody in the team covers a requirement."""

    NOBODY = "nobody"
    """No organisation that the call admits covers it."""
    CONFLICT = "conflict"
    """Whoever covers it is in conflict with a member."""
    NO_SEAT = "no_seat"
    """The team is as large as it may be."""
    NOT_WORTH_A_SEAT = "not_worth_a_seat"
    """One more member would add too little."""


@dataclass(frozen=True)
class Gap:
    """An uncovered requirement."""

    requirement: int
    reason: Reason
    capable: tuple[int, ...]
    """Organisations outside the team that cover it, best first."""


def gaps(problem: TeamProblem, team: Team) -> list[Gap]:
    """In the order of the requirements."""
    covered = (problem.values[:, list(team)] > 0).any(axis=1)
    return [_gap(problem, team, int(row)) for row in np.flatnonzero(~covered)]


def _gap(problem: TeamProblem, team: Team, requirement: int) -> Gap:
    values = problem.values[requirement]
    order = np.argsort(-values, kind="stable")
    capable = tuple(int(one) for one in order if values[one] > 0)
    return Gap(requirement, _reason(problem, team, capable), capable)


def _reason(problem: TeamProblem, team: Team, capable: tuple[int, ...]) -> Reason:
    if not capable:
        return Reason.NOBODY
    if not problem.addable(team)[list(capable)].any():
        return Reason.CONFLICT
    return Reason.NO_SEAT if len(team) >= problem.most else Reason.NOT_WORTH_A_SEAT
