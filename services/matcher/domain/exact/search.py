"""The search: all pairs, or those of some organisations with all."""

from collections.abc import Callable
from typing import Any

import numpy as np

from services.matcher.domain.exact.best import BestSoFar
from services.matcher.domain.exact.blocks import Blocks
from services.matcher.domain.exact.product import BlockProduct, Values
from services.matcher.domain.exact.slots import slots
from services.matcher.domain.exact.statements import AllStatements, Ints

MEMORY_BYTES = 256 * 2**20
"""For one product of two blocks and what is made of it."""

_NOBODY = -1.0

Cancelled = Callable[[], bool]


def never() -> bool:
    """Of a search that nobody stops."""
    return False


class CancelledError(Exception):
    """The search was stopped; there is no answer."""


class ExactSearch:
    """Holds the vectors in the form of one product; asked as often as there are partitions."""

    def __init__(
        self, statements: AllStatements, product: BlockProduct, memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self._statements = statements
        self._product = product
        self._blocks = Blocks.of(statements, memory_bytes)
        self._memory = memory_bytes
        self._prepared = [self._prepare(statements, places) for places in self._blocks.parts]

    def among_all(
        self, limit: int, *, part: int = 0, parts: int = 1, cancelled: Cancelled = never
    ) -> BestSoFar:
        """Everyone's best `limit`; of several parts each has some pairs, and they are merged.

        Each product of statements is computed once and used in both directions. Raises
        CancelledError.
        """
        best = BestSoFar(self._statements.organisations, limit)
        for one, other in self._blocks.pairs(part, parts):
            _go_on(cancelled)
            rows, columns = self._blocks.parts[one], self._blocks.parts[other]
            values = self._product.values(self._prepared[one], self._prepared[other])
            if one == other:
                np.fill_diagonal(values, _NOBODY)
            best.offer(rows, columns, values)
            if one != other:
                best.offer(columns, rows, np.ascontiguousarray(values.T))
        return best

    def of(self, places: Ints, limit: int, *, cancelled: Cancelled = never) -> BestSoFar:
        """The best `limit` of some organisations among all; row r is that of `places[r]`.

        Raises CancelledError.
        """
        some = self._statements.of_organisations(places)
        best = BestSoFar(len(places), limit)
        for rows in Blocks.of(some, self._memory).parts:
            asking = self._prepare(some, rows)
            for block, columns in enumerate(self._blocks.parts):
                _go_on(cancelled)
                values = self._product.values(asking, self._prepared[block])
                _leave_out_itself(values, places[rows], columns)
                best.offer(rows, columns, values)
        return best

    def _prepare(self, statements: AllStatements, places: Ints) -> Any:
        block = statements.of_organisations(places)
        return self._product.prepared(slots(block.needs), slots(block.capabilities))


def _leave_out_itself(values: Values, rows: Ints, columns: Ints) -> None:
    _, row, column = np.intersect1d(rows, columns, assume_unique=True, return_indices=True)
    values[row, column] = _NOBODY


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError
