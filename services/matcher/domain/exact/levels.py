"""How near a statement is to everything it could go with, taken off for either of a pair.

The levels of `domain.levels` (CSLS, Conneau et al. 2018) for all statements at once, against a
sample of the other side where it is large. They become two more columns of the vectors, so that
the product has them already. On golden (90 organisations): R@1 .34 to .41, R@10 .78 to .84.
"""

from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.constants import LEVEL_NEIGHBOURS, LEVEL_SHARE
from services.matcher.domain.exact.statements import AllStatements, Ints, OneSide, Vectors

SAMPLE = 4096
"""Statements of the other side: a tenth of the product where there are a hundred thousand."""

_SLAB = 2048


@dataclass(frozen=True)
class _Sample:
    vectors: Vectors
    owners: Ints

    @classmethod
    def of(cls, side: OneSide, places: Ints) -> "_Sample":
        """Evenly spread: the same for the same statements."""
        count = len(side.vectors)
        kept = np.arange(count)
        if count > SAMPLE:
            kept = np.linspace(0, count - 1, SAMPLE).astype(np.int64)
        return cls(side.vectors[kept].T, places[side.owners[kept]])


@dataclass(frozen=True)
class LevelSample:
    """What levels are measured against: some statements of each side, and whose they are."""

    needs: _Sample
    capabilities: _Sample

    @classmethod
    def of(cls, statements: AllStatements, places: Ints | None = None) -> "LevelSample":
        """`places` are the organisations' numbers; None for 0, 1, 2 ..."""
        numbers = np.arange(statements.organisations) if places is None else places
        return cls(
            _Sample.of(statements.needs, numbers), _Sample.of(statements.capabilities, numbers)
        )


def with_levels(
    statements: AllStatements, sample: LevelSample, places: Ints | None = None
) -> AllStatements:
    """Cosines then have half of both statements' levels taken off; two columns more.

    `places` are the organisations' numbers, as in the sample.
    """
    needs, offers = statements.needs, statements.capabilities
    numbers = np.arange(statements.organisations) if places is None else places
    of_needs = _levels(needs, numbers, sample.capabilities)
    of_offers = _levels(offers, numbers, sample.needs)
    one = np.ones((len(needs.vectors), 1), dtype=np.float32)
    other = np.ones((len(offers.vectors), 1), dtype=np.float32)
    return AllStatements(
        replace(needs, vectors=np.hstack([needs.vectors, -LEVEL_SHARE * of_needs, one])),
        replace(offers, vectors=np.hstack([offers.vectors, other, -LEVEL_SHARE * of_offers])),
    )


def _levels(side: OneSide, places: Ints, sample: _Sample) -> Vectors:
    """Mean of the nearest of the sample, shape (statements, 1).

    What its own organisation states does not count, and nothing counts for less than unrelated.
    """
    count = len(side.vectors)
    levels = np.zeros((count, 1), dtype=np.float32)
    sampled = len(sample.owners)
    if not sampled or not count:
        return levels
    owners = places[side.owners]
    nearest = min(LEVEL_NEIGHBOURS, sampled)
    for start in range(0, count, _SLAB):
        rows = slice(start, start + _SLAB)
        cosines = np.maximum(side.vectors[rows] @ sample.vectors, 0.0)
        cosines[owners[rows, None] == sample.owners] = 0.0
        best = np.partition(cosines, -nearest, axis=1)[:, -nearest:]
        levels[rows, 0] = best.sum(axis=1) / LEVEL_NEIGHBOURS
    return levels
