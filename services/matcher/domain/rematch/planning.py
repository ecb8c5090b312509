"""How a job is cut up, and how its candidates are found."""

from collections.abc import Sequence

from shared.contracts.rematch import Computation

SMALLEST, LARGEST = 64, 256
"""Organisations of a partition: enough for one matrix product, few enough to be done again."""
ENOUGH_PARTITIONS = 16
"""So that several workers get a share also of a small job."""
EXACT_FROM = 300
"""Organisations in the scope: up to here the index answers, which weighs everything that
suggestions weigh; beyond, all statements are multiplied with all others."""


def partitions(organisations: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """In id order; the cut depends on the organisations alone, never on who works."""
    ordered = sorted(organisations)
    size = min(max(len(ordered) // ENOUGH_PARTITIONS, SMALLEST), LARGEST)
    return tuple(tuple(ordered[start : start + size]) for start in range(0, len(ordered), size))


def chosen_computation(asked: Computation, organisations: int) -> Computation:
    """By size, where it was left open."""
    if asked is not Computation.AUTO:
        return asked
    return Computation.EXACT if organisations > EXACT_FROM else Computation.ANN


def candidates_of(places: int) -> int:
    """Candidates kept of each organisation: more than places, so that there is a choice."""
    return max(_CHOICE * places, _FEWEST)


_CHOICE = 3
_FEWEST = 50
