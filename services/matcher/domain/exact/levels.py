"""How near a statement is to everything it could go with, taken off for either of a pair.

The levels of `domain.levels` (CSLS, Conneau et al. 2018) for all statements at once, against a
sample of the other side where it is large. They become two more columns of the vectors, so that
the product has them already. On golden (90 organisations): R@1 .34 to .41, R@10 .78 to .84.
"""

from dataclasses import replace

import numpy as np

from services.matcher.domain.constants import LEVEL_NEIGHBOURS, LEVEL_SHARE
from services.matcher.domain.exact.statements import AllStatements, Ints, OneSide, Vectors

SAMPLE = 4096
"""Statements of the other side: a tenth of the product where there are a hundred thousand."""

_SLAB = 2048


def with_levels(statements: AllStatements) -> AllStatements:
    """Cosines then have half of both statements' levels taken off; two columns more."""
    needs, offers = statements.needs, statements.capabilities
    of_needs = _levels(needs, offers)
    of_offers = _levels(offers, needs)
    one = np.ones((len(needs.vectors), 1), dtype=np.float32)
    other = np.ones((len(offers.vectors), 1), dtype=np.float32)
    return AllStatements(
        replace(needs, vectors=np.hstack([needs.vectors, -LEVEL_SHARE * of_needs, one])),
        replace(offers, vectors=np.hstack([offers.vectors, other, -LEVEL_SHARE * of_offers])),
    )


def _levels(side: OneSide, other: OneSide) -> Vectors:
    """Mean of the nearest of the sample, shape (statements, 1).

    What its own organisation states does not count, and nothing counts for less than unrelated.
    """
    count = len(side.vectors)
    levels = np.zeros((count, 1), dtype=np.float32)
    places = _sample(len(other.vectors))
    if not len(places):
        return levels
    sample, owners = other.vectors[places].T, other.owners[places]
    nearest = min(LEVEL_NEIGHBOURS, len(places))
    for start in range(0, count, _SLAB):
        rows = slice(start, start + _SLAB)
        cosines = np.maximum(side.vectors[rows] @ sample, 0.0)
        cosines[side.owners[rows, None] == owners] = 0.0
        best = np.partition(cosines, -nearest, axis=1)[:, -nearest:]
        levels[rows, 0] = best.sum(axis=1) / LEVEL_NEIGHBOURS
    return levels


def _sample(count: int) -> Ints:
    """Evenly spread: the same for the same statements."""
    if count <= SAMPLE:
        return np.arange(count)
    return np.linspace(0, count - 1, SAMPLE).astype(np.int64)
