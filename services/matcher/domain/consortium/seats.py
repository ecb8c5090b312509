"""What each member is in a team for, and who could take its seat."""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.consortium.constants import ALTERNATIVES, SMALLEST_GAIN
from services.matcher.domain.consortium.exchanges import exchanges, without
from services.matcher.domain.consortium.problem import Purpose, Team, TeamProblem
from services.matcher.domain.consortium.quality import quality


@dataclass(frozen=True)
class Alternative:
    """Someone else for a seat, with whom the team still has all that it must have."""

    organisation: int
    quality: float
    """Of the team with it."""


@dataclass(frozen=True)
class Seat:
    """One member of a team."""

    organisation: int
    contribution: float
    """By how much the team's quality falls when it leaves."""
    leads: tuple[int, ...]
    """Requirements that it covers best of all members."""
    alone: tuple[int, ...]
    """Requirements that nobody else of the team covers."""
    needed_for: tuple[Purpose, ...]
    """Quotas that are not met without it, the must-haves apart."""
    alternatives: tuple[Alternative, ...]


def seats(problem: TeamProblem, team: Team) -> list[Seat]:
    """In the order of what they contribute, most first."""
    found = [_seat(problem, team, member) for member in team]
    return sorted(found, key=lambda seat: (-round(seat.contribution, 9), seat.organisation))


def leaders(problem: TeamProblem, team: Team) -> list[int | None]:
    """For each requirement the member that covers it best; None where nobody does."""
    values = problem.values[:, list(team)]
    return [team[int(np.argmax(row))] if row.size and row.max() > 0 else None for row in values]


def _seat(problem: TeamProblem, team: Team, member: int) -> Seat:
    rest = without(team, member)
    covers = problem.values[:, member] > 0
    others = (problem.values[:, list(rest)] > 0).any(axis=1)
    leading = leaders(problem, team)
    return Seat(
        organisation=member,
        contribution=quality(problem, team) - quality(problem, rest),
        leads=tuple(row for row, leader in enumerate(leading) if leader == member),
        alone=tuple(int(row) for row in np.flatnonzero(covers & ~others)),
        needed_for=_needed_for(problem, rest),
        alternatives=_alternatives(problem, team, member),
    )


def _needed_for(problem: TeamProblem, rest: Team) -> tuple[Purpose, ...]:
    missing = problem.missing(rest) > 0
    purposes = [
        quota.purpose for quota, lacks in zip(problem.quotas, missing, strict=True) if lacks
    ]
    return tuple(one for one in (Purpose.KIND, Purpose.SIZE) if one in purposes)


def _alternatives(problem: TeamProblem, team: Team, member: int) -> tuple[Alternative, ...]:
    """Best first; none for a member that the call has fixed.

    Who would add nothing is one only where the seat is there for kinds or size.
    """
    if member in problem.fixed:
        return ()
    rest = without(team, member)
    least = -np.inf if _needed_for(problem, rest) else quality(problem, rest) + SMALLEST_GAIN
    values = exchanges(problem, team, member)
    order = np.lexsort((-problem.near, -values))[:ALTERNATIVES]
    return tuple(Alternative(int(one), float(values[one])) for one in order if values[one] > least)
