"""From scores to teams: those within the call's limits first, and what would help where none is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.consortium.call_problem import Scored, team_problem
from services.matcher.domain.consortium.exact import ExactSolver
from services.matcher.domain.consortium.outcome import Outcome, Wider, flags, outcome, ways_out_of
from services.matcher.domain.consortium.problem import Flags, TeamProblem
from services.matcher.domain.consortium.relaxation import Relaxation
from services.matcher.domain.pairs import Pair
from services.matcher.domain.statements import MatchedOrganisation
from shared.contracts.consortia import ConsortiumRequest, TeamLimits


@dataclass(frozen=True, eq=False)
class CallTeams:
    """Numbers of organisations are those of `problem`."""

    problem: TeamProblem
    columns: tuple[int, ...]
    """The number of each of its organisations among all that were scored."""
    outcome: Outcome
    ways_out: tuple[Relaxation, ...] = ()


def teams_of(
    request: ConsortiumRequest, scored: Scored, conflicts: Iterable[Pair], solver: ExactSolver
) -> CallTeams:
    """Pure but for the time that the solver takes."""
    pairs = frozenset(conflicts)
    columns = [n for n, one in enumerate(scored.organisations) if _inside(one, request.limits)]
    inside = _only(scored, columns)
    problem = team_problem(inside, request.requirements, request.limits, _among(pairs, inside))
    found = outcome(problem, request.proposals, solver)
    if found.feasible:
        return CallTeams(problem, tuple(columns), found)
    ways = ways_out_of(_wider(request, scored, pairs), solver)
    return CallTeams(problem, tuple(columns), found, tuple(ways))


def _wider(request: ConsortiumRequest, scored: Scored, pairs: frozenset[Pair]) -> Wider:
    """Outsiders are outside the places or excluded by name; who is both is left out."""
    limits = request.limits
    kept = [
        n
        for n, one in enumerate(scored.organisations)
        if _in_places(one, limits) or one.id not in limits.excluded
    ]
    all_of_them = _only(scored, kept)
    organisations = all_of_them.organisations
    problem = team_problem(all_of_them, request.requirements, limits, _among(pairs, all_of_them))
    outside = [one for one in organisations if not _in_places(one, limits)]
    excluded = [one for one in organisations if one.id in limits.excluded]
    return Wider(
        problem=problem,
        places=_flagged(all_of_them, {one.id: place_of(one, limits) for one in outside}),
        excluded=_flagged(all_of_them, {one.id: one.id for one in excluded}),
        fixed={number: organisations[number].id for number in problem.fixed},
    )


def place_of(organisation: MatchedOrganisation, limits: TeamLimits) -> str:
    """What the call would have to name to let it in."""
    domestic = organisation.country == "CN" and limits.provinces
    return (organisation.province if domestic else None) or organisation.country


def _flagged(scored: Scored, groups: Mapping[str, str]) -> dict[str, Flags]:
    numbers, size = scored.numbers, len(scored.organisations)
    return {
        group: flags(size, [numbers[id] for id, own in groups.items() if own == group])
        for group in set(groups.values())
    }


def _inside(organisation: MatchedOrganisation, limits: TeamLimits) -> bool:
    return organisation.id not in limits.excluded and _in_places(organisation, limits)


def _in_places(organisation: MatchedOrganisation, limits: TeamLimits) -> bool:
    anywhere = not limits.countries and not limits.provinces
    return (
        anywhere
        or organisation.id in limits.fixed
        or organisation.country in limits.countries
        or organisation.province in limits.provinces
    )


def _only(scored: Scored, columns: list[int]) -> Scored:
    organisations = tuple(scored.organisations[n] for n in columns)
    return Scored(organisations, np.asarray(scored.scores[:, columns]))


def _among(pairs: frozenset[Pair], scored: Scored) -> list[Pair]:
    here = scored.numbers.keys()
    return [pair for pair in pairs if pair.first in here and pair.second in here]
