"""What is found for a call: proposals, or why there are none and what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.consortium.exact import ExactSolver, SolverGaveUpError
from services.matcher.domain.consortium.problem import Flags, Purpose, TeamProblem
from services.matcher.domain.consortium.proposals import Proposal, propose
from services.matcher.domain.consortium.relaxation import Relaxation, relaxations
from services.matcher.domain.consortium.switches import Change, ways_out


@dataclass(frozen=True)
class Outcome:
    """Where it is not feasible, the proposals cover as many must-haves as can be covered."""

    feasible: bool
    proposals: tuple[Proposal, ...]
    decided: bool = True
    """Whether it is proved; else the time was up."""


@dataclass(frozen=True, eq=False)
class Wider:
    """The same call with organisations that its limits keep out."""

    problem: TeamProblem
    places: Mapping[str, Flags]
    """Those outside its places, by country or province."""
    excluded: Mapping[str, Flags]
    """Those that it excludes, by id."""
    fixed: Mapping[int, str]
    """Ids of the fixed members."""


def outcome(problem: TeamProblem, count: int, solver: ExactSolver) -> Outcome:
    """At most so many proposals."""
    try:
        proposals = propose(problem, count, solver)
    except SolverGaveUpError:
        return Outcome(False, _partial(problem, count, solver), decided=False)
    if proposals:
        return Outcome(True, tuple(proposals))
    return Outcome(False, _partial(problem, count, solver))


def ways_out_of(wider: Wider, solver: ExactSolver) -> list[Relaxation]:
    """The smallest that help."""
    ways = ways_out(wider.problem, wider.places, wider.excluded, wider.fixed)
    return relaxations(wider.problem, ways, solver)


def _partial(problem: TeamProblem, count: int, solver: ExactSolver) -> tuple[Proposal, ...]:
    """With the fewest must-haves left out; none where that is not enough."""
    names = dict.fromkeys(problem.fixed, "")
    giving_up = [
        way for way in ways_out(problem, {}, {}, names) if way.change is Change.NICE_TO_HAVE
    ]
    try:
        chosen = solver.cheapest(problem, giving_up, [])
        if chosen is None:
            return ()
        left_out = {giving_up[one].name for one in chosen}
        return tuple(propose(_without(problem, left_out), count, solver))
    except SolverGaveUpError:
        return ()


def _without(problem: TeamProblem, must_haves: set[str]) -> TeamProblem:
    kept = [
        quota
        for quota in problem.quotas
        if quota.purpose is not Purpose.MUST_HAVE or quota.name not in must_haves
    ]
    return replace(problem, quotas=tuple(kept))


def flags(size: int, numbers: Sequence[int]) -> Flags:
    """True for these, shape (size,)."""
    found = np.zeros(size, dtype=np.bool_)
    found[list(numbers)] = True
    return found
