"""Statements laid out so that a maximum by organisation is a maximum of whole slices.

The first statements of all organisations, then the second ones of those that have two, and so on
(the jagged diagonals of Saad, SIAM J. Sci. Stat. Comput. 1989). Where organisations come by falling
number of statements, each slice belongs to the first few of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.exact.statements import Ints, OneSide, Vectors


@dataclass(frozen=True)
class Slots:
    """One side of a block of organisations."""

    vectors: Vectors
    """Slice after slice, shape (statements, dimension)."""
    log_weights: Vectors
    owners: tuple[Ints, ...]
    """Of each slice, the places of its organisations within the block, ascending."""
    organisations: int
    confidence: Vectors | None = None
    """Factor on each organisation's likelihood, shape (organisations,); None for 1."""

    def slices(self) -> Iterator[tuple[Ints, int, int]]:
        """Owners, first and last row of each slice."""
        start = 0
        for owners in self.owners:
            yield owners, start, start + len(owners)
            start += len(owners)


def slots(side: OneSide) -> Slots:
    """The layout of a block."""
    starts = side.starts
    most = int(side.counts.max(initial=0))
    owners = tuple(np.flatnonzero(side.counts > slot) for slot in range(most))
    parts = [starts[one] + slot for slot, one in enumerate(owners)]
    rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    weights = np.log(side.weights[rows])
    return Slots(side.vectors[rows], weights, owners, len(side.counts), side.confidence)
