"""How the work is cut, so that it fits into memory and can be shared out."""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.exact.statements import AllStatements, Ints

_BYTES = 12
"""Of one cell of a block's product: the cosine, its best and what is made of it."""
_LARGEST = 2048
_SMALLEST = 64
"""Statements of a block: larger ones fall out of the cache, smaller ones waste the product."""


@dataclass(frozen=True)
class Blocks:
    """Organisations by falling number of statements, cut where a block is full."""

    parts: tuple[Ints, ...]
    """Places of each block's organisations."""

    @classmethod
    def of(cls, statements: AllStatements, memory_bytes: int) -> "Blocks":
        """So large that the product of two takes at most so much memory.

        An organisation is never cut: one alone may be more than a block should be.
        """
        room = min(_LARGEST, max(_SMALLEST, int((memory_bytes / _BYTES) ** 0.5)))
        needs, offers = statements.needs.counts, statements.capabilities.counts
        # Alike ones together: a slice of their statements is then a slice of the block.
        order = np.lexsort((np.arange(len(needs)), -needs, -offers))
        size = np.maximum(1, np.maximum(needs, offers))[order]
        block = (np.cumsum(size) - size) // room
        cuts = np.flatnonzero(np.diff(block)) + 1
        return cls(tuple(np.split(order, cuts)) if len(order) else ())
