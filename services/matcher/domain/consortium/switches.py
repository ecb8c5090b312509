"""Ways in which a call could ask for less, each as a switch with its price.

A larger step comes after a smaller one of the same change: three seats more are three switches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.matcher.domain.consortium.constants import LARGER_BY
from services.matcher.domain.consortium.problem import Flags, Purpose, TeamProblem


class Change(StrEnum):
    """What is given up."""

    LARGER = "larger"
    """More members than the maximum."""
    SMALLER = "smaller"
    """Fewer than the minimum."""
    PLACE = "place"
    """A country or province is admitted."""
    ADMITTED = "admitted"
    """An organisation that the call has excluded."""
    NICE_TO_HAVE = "nice_to_have"
    """A must-have becomes one."""
    FEWER_OF_KIND = "fewer_of_kind"
    RELEASED = "released"
    """A member that the call has fixed is not one any more."""


PRICES = {
    Change.LARGER: 1.00,
    Change.SMALLER: 1.01,
    Change.PLACE: 1.02,
    Change.ADMITTED: 1.03,
    Change.NICE_TO_HAVE: 1.10,
    Change.FEWER_OF_KIND: 1.20,
    Change.RELEASED: 1.30,
}
"""The fewest steps win; among as few, those that cost the call least. The product's decision."""


@dataclass(frozen=True, eq=False)
class Switch:
    """One step of one change."""

    change: Change
    name: str
    """The requirement, kind, place or organisation; empty for sizes."""
    price: float
    relief: Mapping[int, int] = field(default_factory=dict)
    """By how much which quotas ask for less."""
    seats: int = 0
    """Added to the maximum."""
    admits: Flags | None = None
    """Organisations that may be members only with it, or another one that admits them."""
    frees: int | None = None
    """A fixed member that need not be one any more."""
    after: int | None = None
    """The switch that must be on before."""


def ways_out(
    problem: TeamProblem,
    places: Mapping[str, Flags],
    excluded: Mapping[str, Flags],
    names: Mapping[int, str],
) -> list[Switch]:
    """All steps there are.

    `places` and `excluded` say which organisations of the problem are outside the call's limits;
    `names` are those of the fixed members.
    """
    ways: list[Switch] = []
    for number in range(LARGER_BY):
        after = len(ways) - 1 if number else None
        ways.append(Switch(Change.LARGER, "", PRICES[Change.LARGER], seats=1, after=after))
    for row, quota in enumerate(problem.quotas):
        ways += _of_quota(row, quota.purpose, quota.name, quota.least, len(ways))
    for change, groups in ((Change.PLACE, places), (Change.ADMITTED, excluded)):
        ways += [Switch(change, k, PRICES[change], admits=groups[k]) for k in sorted(groups)]
    ways += [
        Switch(Change.RELEASED, names[one], PRICES[Change.RELEASED], frees=one)
        for one in problem.fixed
    ]
    return ways


_OF_PURPOSE = {
    Purpose.MUST_HAVE: Change.NICE_TO_HAVE,
    Purpose.KIND: Change.FEWER_OF_KIND,
    Purpose.SIZE: Change.SMALLER,
}


def _of_quota(row: int, purpose: Purpose, name: str, least: int, start: int) -> list[Switch]:
    change = _OF_PURPOSE.get(purpose)
    if change is None:
        return []
    return [
        Switch(
            change,
            name,
            PRICES[change],
            relief={row: 1},
            after=start + step - 1 if step else None,
        )
        for step in range(least)
    ]
