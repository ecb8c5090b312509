"""Pairs of groups by blocked matrix products over the embedding store; needs no index."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from services.matcher.domain.exact.levels import LevelSample, with_levels
from services.matcher.domain.exact.product import BlockProduct
from services.matcher.domain.exact.search import NOBODY_APART, Apart, GroupPair, PreparedGroup
from services.matcher.domain.exact.statements import Ints
from services.matcher.domain.rematch.near import near_to_bytes
from services.matcher.domain.rematch.plan import GroupPlaces
from services.matcher.service.exact_vectors import both_sides
from services.matcher.service.rematch.moment import Group, Moment

_SAMPLED = 2048
"""Organisations whose statements levels are measured against."""


@dataclass
class GroupProducts:
    """One job's, in one process: what was prepared last is kept."""

    moment: Moment
    product: BlockProduct
    block_bytes: int
    sample: LevelSample
    memory_bytes: int
    _prepared: dict[int, PreparedGroup] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)

    @classmethod
    async def over(
        cls, moment: Moment, product: BlockProduct, *, memory_bytes: int, block_bytes: int
    ) -> "GroupProducts":
        """Reads the sample of levels: the same organisations in every process."""
        plan = moment.plan
        every = [id for group in plan.groups for id in group]
        every.sort()
        kept = np.linspace(0, len(every) - 1, min(len(every), _SAMPLED)).astype(np.int64)
        group = await moment.read([every[place] for place in kept.tolist()])
        statements = both_sides(group, moment.encoder.statistics)
        sample = LevelSample.of(statements, _numbers(moment, group))
        return cls(moment, product, block_bytes, sample, memory_bytes)

    async def found(self, pair: GroupPlaces, limit: int) -> bytes:
        """Everyone's best `limit` in the other group, see `near_to_bytes`; organisations that do
        not seek are left out. A cancelled task stops within one block."""
        first, second = await self._both(pair)
        stop = threading.Event()
        apart = self._apart(first, second)
        try:
            mine, theirs = await asyncio.to_thread(
                GroupPair(first, second, apart).best, limit, stop.is_set
            )
        except asyncio.CancelledError:
            stop.set()
            raise
        parts = [(first.numbers, mine)]
        seeking = len(self.moment.plan.seeking_groups)
        if first is not second and pair[1] < seeking:
            parts.append((second.numbers, theirs))
        return await asyncio.to_thread(near_to_bytes, parts)

    async def _both(self, pair: GroupPlaces) -> tuple[PreparedGroup, PreparedGroup]:
        for number in dict.fromkeys(pair):
            if number not in self._prepared:
                group = await self.moment.group(number)
                self._make_room(group.vectors.nbytes, pair)
                self._prepared[number] = await asyncio.to_thread(self._prepare, group)
                self._sizes[number] = group.vectors.nbytes
        return self._prepared[pair[0]], self._prepared[pair[1]]

    def _make_room(self, more: int, pair: GroupPlaces) -> None:
        """Two groups are needed at once, whatever the memory."""
        for number in [one for one in self._prepared if one not in pair]:
            if sum(self._sizes.values()) + more <= self.memory_bytes:
                break
            del self._prepared[number], self._sizes[number]

    def _prepare(self, group: Group) -> PreparedGroup:
        numbers = _numbers(self.moment, group)
        statements = both_sides(group, self.moment.encoder.statistics)
        levelled = with_levels(statements, self.sample, numbers)
        return PreparedGroup(levelled, numbers, self.product, self.block_bytes)

    def _apart(self, first: PreparedGroup, second: PreparedGroup) -> Apart:
        """Places in the two groups of those that are not to meet."""
        plan = self.moment.plan
        if not plan.apart:
            return NOBODY_APART
        at = {number: place for place, number in enumerate(first.numbers.tolist())}
        of = {number: place for place, number in enumerate(second.numbers.tolist())}
        found: list[tuple[int, int]] = []
        for pair in sorted(plan.apart):
            if pair.first in plan.numbers and pair.second in plan.numbers:
                one, other = plan.numbers[pair.first], plan.numbers[pair.second]
                found += _places(at, of, one, other)
        rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
        return Apart(rows, columns)


def _places(
    at: dict[int, int], of: dict[int, int], one: int, other: int
) -> Sequence[tuple[int, int]]:
    ways = ((one, other), (other, one))
    return [(at[a], of[b]) for a, b in ways if a in at and b in of]


def _numbers(moment: Moment, group: Group) -> Ints:
    return np.array([moment.plan.numbers[id] for id in group.profiles], dtype=np.int64)
