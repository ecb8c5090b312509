"""The smallest ways out of a call that no team can answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.consortium.constants import RELAXATIONS
from services.matcher.domain.consortium.exact import ExactSolver, SolverGaveUpError
from services.matcher.domain.consortium.problem import TeamProblem
from services.matcher.domain.consortium.switches import Change, Switch

_AS_SMALL = 0.5
"""A way out is told beside the smallest where it has no more steps, which cost 1 or a little more
each."""


@dataclass(frozen=True)
class Step:
    """One change, and by how much."""

    change: Change
    name: str
    by: int


@dataclass(frozen=True)
class Relaxation:
    """Changes that together let there be a team."""

    steps: tuple[Step, ...]


def relaxations(
    problem: TeamProblem, ways: Sequence[Switch], solver: ExactSolver
) -> list[Relaxation]:
    """The smallest first, and others as small; none where nothing helps or time was up."""
    found: list[Relaxation] = []
    barred: list[frozenset[int]] = []
    smallest = None
    while len(found) < RELAXATIONS:
        try:
            chosen = solver.cheapest(problem, ways, barred)
        except SolverGaveUpError:
            break
        if not chosen:
            break
        price = sum(ways[one].price for one in chosen)
        smallest = price if smallest is None else smallest
        if price > smallest + _AS_SMALL:
            break
        found.append(Relaxation(_steps(ways, chosen)))
        barred.append(_last_steps(ways, chosen))
    return found


def _steps(ways: Sequence[Switch], chosen: frozenset[int]) -> tuple[Step, ...]:
    counted: dict[tuple[Change, str], int] = {}
    for one in sorted(chosen):
        key = (ways[one].change, ways[one].name)
        counted[key] = counted.get(key, 0) + 1
    return tuple(Step(change, name, by) for (change, name), by in counted.items())


def _last_steps(ways: Sequence[Switch], chosen: frozenset[int]) -> frozenset[int]:
    """Barring these bars the same changes by as much or more, not the same by less."""
    before = {ways[one].after for one in chosen}
    return frozenset(one for one in chosen if one not in before)
