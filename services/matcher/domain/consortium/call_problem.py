"""A call and what is known of the organisations, as a problem of numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.consortium.constants import COVERED
from services.matcher.domain.consortium.problem import Flags, Floats, Purpose, Quota, TeamProblem
from services.matcher.domain.constants import MUST_HAVE_WEIGHT, NICE_TO_HAVE_WEIGHT
from services.matcher.domain.pairs import Pair
from services.matcher.domain.statements import MatchedOrganisation
from shared.contracts.consortia import CallRequirement, TeamLimits


@dataclass(frozen=True, eq=False)
class Scored:
    """Organisations in the order of their ids, and how likely each covers each requirement."""

    organisations: tuple[MatchedOrganisation, ...]
    scores: Floats
    """Shape (requirements, organisations), 0 to 1."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """By id."""
        return {one.id: number for number, one in enumerate(self.organisations)}


def team_problem(
    scored: Scored,
    requirements: Sequence[CallRequirement],
    limits: TeamLimits,
    conflicts: Iterable[Pair],
) -> TeamProblem:
    """All organisations are taken to be within the call's places; the fixed ones are there."""
    values = np.where(scored.scores >= COVERED, scored.scores, 0.0)
    numbers = scored.numbers
    shares = weights(requirements)
    return TeamProblem(
        values=values,
        weights=shares,
        quotas=tuple(_quotas(scored, values, requirements, limits)),
        conflicts=_conflicts(numbers, conflicts),
        fixed=tuple(sorted(numbers[id] for id in set(limits.fixed))),
        most=limits.maximum_size,
        nearness=np.asarray(shares @ scored.scores),
    )


def weights(requirements: Sequence[CallRequirement]) -> Floats:
    """Shares, shape (requirements,)."""
    given = np.array([_weight(one) for one in requirements])
    return np.asarray(given / given.sum())


def in_conflict(organisations: Sequence[MatchedOrganisation], said: Iterable[Pair]) -> set[Pair]:
    """Pairs of these that exclude each other, or of which that was said."""
    here = {one.id for one in organisations}
    excluding = {
        Pair.of(one.id, other)
        for one in organisations
        for other in one.exclusions
        if other in here and other != one.id
    }
    return excluding | {pair for pair in said if here.issuperset(pair)}


def _quotas(
    scored: Scored, values: Floats, requirements: Sequence[CallRequirement], limits: TeamLimits
) -> Iterable[Quota]:
    for row, requirement in enumerate(requirements):
        if requirement.must_have:
            yield Quota(Purpose.MUST_HAVE, requirement.id, values[row] > 0)
    kinds = np.array([one.kind for one in scored.organisations], dtype=np.str_)
    for kind, least in sorted(limits.kinds.items()):
        if least:
            yield Quota(Purpose.KIND, kind.value, kinds == kind.value, least)
    everybody = np.ones(len(scored.organisations), dtype=np.bool_)
    yield Quota(Purpose.SIZE, "", everybody, limits.minimum_size)


def _conflicts(numbers: Mapping[str, int], pairs: Iterable[Pair]) -> Flags:
    conflicts = np.zeros((len(numbers), len(numbers)), dtype=np.bool_)
    for first, second in pairs:
        conflicts[numbers[first], numbers[second]] = True
        conflicts[numbers[second], numbers[first]] = True
    return conflicts


def _weight(requirement: CallRequirement) -> float:
    if requirement.weight is not None:
        return requirement.weight
    return MUST_HAVE_WEIGHT if requirement.must_have else NICE_TO_HAVE_WEIGHT
