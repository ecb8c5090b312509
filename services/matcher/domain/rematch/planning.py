"""How a job is cut up, and how its candidates are found."""

from collections.abc import Sequence

from services.matcher.domain.rematch.plan import Plan
from services.matcher.domain.rematch.stored import NewPartition
from shared.contracts.rematch import Computation

SMALLEST, LARGEST = 64, 256
"""Organisations of a partition: enough to be asked together, few enough to be done again."""
ENOUGH_PARTITIONS = 16
"""So that several workers get a share also of a small job."""
EXACT_FROM = 300
"""Organisations in the scope: up to here asking the index is as fast as reading everything."""
EXACT_STATEMENTS = 2_000_000
"""Statements on the platform up to which all are multiplied with all. The product grows with their
square: at 100,000 it takes half a minute on two cores (docs/performance.md), at two millions four
hours, about what asking the index for each of them takes."""


def partitions(organisations: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """In id order; the cut depends on the organisations alone, never on who works."""
    ordered = sorted(organisations)
    size = min(max(len(ordered) // ENOUGH_PARTITIONS, SMALLEST), LARGEST)
    return tuple(tuple(ordered[start : start + size]) for start in range(0, len(ordered), size))


def work_of(
    plan: Plan, lists: Sequence[tuple[str, ...]], computation: Computation
) -> tuple[NewPartition, ...]:
    """Pairs of groups where vectors are multiplied, then lists."""
    pairs = plan.pairs() if computation is Computation.EXACT else []
    return (
        *(NewPartition(pair=one) for one in pairs),
        *(NewPartition(organisations=one) for one in lists),
    )


def chosen_computation(
    asked: Computation,
    organisations: int,
    *,
    statements: int = 0,
    most_statements: int = EXACT_STATEMENTS,
) -> Computation:
    """By size, where it was left open: `organisations` of the scope, `statements` of all."""
    if asked is not Computation.AUTO:
        return asked
    exact = organisations > EXACT_FROM and statements <= most_statements
    return Computation.EXACT if exact else Computation.ANN


def candidates_of(places: int) -> int:
    """Candidates kept of each organisation: more than places, so that there is a choice."""
    return max(_CHOICE * places, _FEWEST)


_CHOICE = 3
_FEWEST = 50
