"""The search, pair of groups by pair of groups: each product of statements is computed once.

Organisations are cut into groups. A pair of groups is a piece of work of its own, which needs the
vectors of these two alone and answers for both sides; what all pairs have found is merged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from services.matcher.domain.exact.best import BestSoFar
from services.matcher.domain.exact.blocks import Blocks
from services.matcher.domain.exact.product import BlockProduct, Values
from services.matcher.domain.exact.slots import slots
from services.matcher.domain.exact.statements import AllStatements, Ints

BLOCK_BYTES = 256 * 2**20
"""For one product of two blocks and what is made of it, at most."""

_NOBODY = -1.0

Cancelled = Callable[[], bool]


def never() -> bool:
    """Of a search that nobody stops."""
    return False


class CancelledError(Exception):
    """The search was stopped; there is no answer."""


class PreparedGroup:
    """Some organisations in the form of one product."""

    def __init__(
        self,
        statements: AllStatements,
        numbers: Ints,
        product: BlockProduct,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        """`numbers` name the organisations among all of them; equal values go by them."""
        self.numbers = numbers
        self.product = product
        self.blocks = Blocks.of(statements, block_bytes)
        self.prepared = [self._prepare(statements, places) for places in self.blocks.parts]

    def _prepare(self, statements: AllStatements, places: Ints) -> Any:
        block = statements.of_organisations(places)
        return self.product.prepared(slots(block.needs), slots(block.capabilities))

    @cached_property
    def whereabouts(self) -> tuple[Ints, Ints]:
        """Of each organisation its block, and its place in it."""
        block = np.empty(len(self.numbers), dtype=np.int64)
        place = np.empty(len(self.numbers), dtype=np.int64)
        for number, places in enumerate(self.blocks.parts):
            block[places], place[places] = number, np.arange(len(places))
        return block, place


@dataclass(frozen=True)
class Apart:
    """Pairs that are not to be found, as places in the first and in the second group."""

    first: Ints
    second: Ints


NOBODY_APART = Apart(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True)
class GroupPair:
    """Two groups, or one with itself."""

    first: PreparedGroup
    second: PreparedGroup
    apart: Apart = NOBODY_APART

    def best(self, limit: int, cancelled: Cancelled = never) -> tuple[BestSoFar, BestSoFar]:
        """The best `limit` partners of each of the first among the second, and the other way
        round; of one group with itself both are the same. Raises CancelledError."""
        mine = BestSoFar(len(self.first.numbers), limit)
        theirs = mine if self._alone else BestSoFar(len(self.second.numbers), limit)
        for one, other in self._pairs():
            if cancelled():
                raise CancelledError
            rows, columns = self.first.blocks.parts[one], self.second.blocks.parts[other]
            values = self._values(one, other)
            mine.offer(rows, self.second.numbers[columns], values)
            if not (self._alone and one == other):
                turned = np.ascontiguousarray(values.T)
                theirs.offer(columns, self.first.numbers[rows], turned)
        return mine, theirs

    @property
    def _alone(self) -> bool:
        return self.first is self.second

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for one in range(len(self.first.blocks.parts)):
            for other in range(one if self._alone else 0, len(self.second.blocks.parts)):
                yield one, other

    def _values(self, one: int, other: int) -> Values:
        product = self.first.product
        values = product.values(self.first.prepared[one], self.second.prepared[other])
        if self._alone and one == other:
            np.fill_diagonal(values, _NOBODY)
        self._bar(values, one, other)
        return values

    def _bar(self, values: Values, one: int, other: int) -> None:
        if not len(self.apart.first):
            return
        ways = [(self.apart.first, self.apart.second)]
        if self._alone:
            ways.append((self.apart.second, self.apart.first))
        for rows, columns in ways:
            (row_block, row), (column_block, column) = (
                (block[places], place[places])
                for (block, place), places in (
                    (self.first.whereabouts, rows),
                    (self.second.whereabouts, columns),
                )
            )
            here = (row_block == one) & (column_block == other)
            values[row[here], column[here]] = _NOBODY


def everyones_best(
    groups: list[PreparedGroup],
    organisations: int,
    limit: int,
    *,
    part: int = 0,
    parts: int = 1,
    cancelled: Cancelled = never,
) -> BestSoFar:
    """Of groups that are all in memory; of several parts each has some pairs of groups.

    Row r is that of the organisation with number r. Raises CancelledError.
    """
    best = BestSoFar(organisations, limit)
    count = len(groups)
    every = [(i, j) for i in range(count) for j in range(i, count)]
    for one, other in every[part::parts]:
        first, second = groups[one], groups[other]
        mine, theirs = GroupPair(first, second).best(limit, cancelled)
        best.merge_rows(first.numbers, mine.keys)
        if first is not second:
            best.merge_rows(second.numbers, theirs.keys)
    return best


def prepared_groups(
    statements: AllStatements,
    product: BlockProduct,
    *,
    groups: int = 1,
    block_bytes: int = BLOCK_BYTES,
) -> list[PreparedGroup]:
    """All organisations, cut into so many groups in the order of their numbers."""
    cut = np.array_split(np.arange(statements.organisations), groups)
    return [
        PreparedGroup(statements.of_organisations(one), one, product, block_bytes)
        for one in cut
        if len(one)
    ]
