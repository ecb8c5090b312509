"""Making a team that meets its quotas a good one: seats that do nothing go, seats that are left
are given to those who add most, members are swapped for better ones."""

import numpy as np

from services.matcher.domain.consortium.constants import (
    EXCHANGES,
    SEAT_WORTH,
    SMALLEST_GAIN,
    USED_AGAIN,
)
from services.matcher.domain.consortium.exchanges import exchanges, replaced, without
from services.matcher.domain.consortium.problem import Flags, Team, TeamProblem
from services.matcher.domain.consortium.quality import gains, quality


def improved(problem: TeamProblem, team: Team, used: Flags) -> Team:
    """A feasible team at least as good as the given feasible one, but for idle members.

    `used`, shape (organisations,), are members of earlier proposals: they come in only where they
    add much more than others.
    """
    busy = without_idle(problem, team)
    return swapped(problem, filled(problem, busy, used), used)


def without_idle(problem: TeamProblem, team: Team) -> Team:
    """Without members that no quota needs and whose part is not worth a seat."""
    while idle := _idle(problem, team):
        team = without(team, idle[0][1])
    return team


def filled(problem: TeamProblem, team: Team, used: Flags) -> Team:
    """With those who add most, as long as they are worth a seat (Nemhauser et al. 1978)."""
    members = list(team)
    while len(members) < problem.most:
        added = np.where(problem.addable(members), gains(problem, members), 0.0)
        wanted = added * np.where(used, USED_AGAIN, 1.0)
        chosen = int(np.argmax(wanted)) if wanted.size else -1
        if chosen < 0 or wanted[chosen] < SEAT_WORTH:
            break
        members.append(chosen)
    return tuple(sorted(members))


def swapped(problem: TeamProblem, team: Team, used: Flags) -> Team:
    """With members exchanged one by one while that makes the team better."""
    for _ in range(EXCHANGES):
        better = _best_exchange(problem, team, used)
        if better is None:
            break
        team = better
    return team


def _idle(problem: TeamProblem, team: Team) -> list[tuple[float, int]]:
    """Loss and number of each, least loss first."""
    whole = quality(problem, team)
    losses = []
    for member in sorted(set(team) - set(problem.fixed)):
        rest = without(team, member)
        loss = whole - quality(problem, rest)
        if loss < SEAT_WORTH and not problem.missing(rest).any():
            losses.append((loss, member))
    return sorted(losses)


def _best_exchange(problem: TeamProblem, team: Team, used: Flags) -> Team | None:
    best, found = quality(problem, team) + SMALLEST_GAIN, None
    for seat in sorted(set(team) - set(problem.fixed)):
        values = np.where(used, -np.inf, exchanges(problem, team, seat))
        chosen = int(np.argmax(values))
        if values[chosen] > best:
            best, found = float(values[chosen]), replaced(team, seat, chosen)
    return found
