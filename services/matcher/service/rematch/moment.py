"""All organisations as they were when a job began, group by group, within a bound of memory."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.matcher.domain.rematch.plan import Plan
from services.matcher.domain.snapshot import current, without
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.ports import Vectors
from services.matcher.service.encoding import StatementEncoder
from services.matcher.store import MatcherStore

_PAGE = 500
_STATEMENT_BYTES = 2600
"""An estimate, not measured: a statement beside its vector, its text and words as Python keeps
them, and its postings."""


@dataclass(frozen=True)
class Group:
    """Some organisations, with the vectors of all that they state on the job's day."""

    stated: Mapping[str, MatchedOrganisation]
    """In the order of the plan, with statements that screening holds."""
    profiles: Mapping[str, MatchedOrganisation]
    """Without those: as they are matched. Who states nothing is not."""
    statements: tuple[Statement, ...]
    """Of `stated`, one organisation after the other."""
    vectors: Vectors
    """Corrected, shape (statements, dimension)."""

    @cached_property
    def rows(self) -> Mapping[StatementKey, int]:
        """The place of a statement."""
        return {one.key: row for row, one in enumerate(self.statements)}

    @property
    def bytes(self) -> int:
        """About what it takes."""
        return int(self.vectors.nbytes) + _STATEMENT_BYTES * len(self.statements)


class Moment:
    """Reads groups from PostgreSQL and keeps as many as the memory has room for."""

    def __init__(
        self,
        store: MatcherStore,
        encoder: StatementEncoder,
        plan: Plan,
        *,
        memory_bytes: int,
    ) -> None:
        self.let_go: Callable[[int], None] = lambda group: None
        """Told which group is not kept any more."""
        self.plan = plan
        self.encoder = encoder.reading(self.vectors)
        """Of the job's model and statistics; what is stated here it has already."""
        self._plain = encoder
        self._store = store
        self._memory = memory_bytes
        self._kept: OrderedDict[int, Group] = OrderedDict()
        self._reading = asyncio.Lock()
        self._group_of = {id: number for number, group in enumerate(plan.groups) for id in group}

    def group_of(self, organisation: str) -> int | None:
        """Where it is; None for one that takes no part."""
        return self._group_of.get(organisation)

    async def group(self, number: int) -> Group:
        """From memory or from the store."""
        async with self._reading:
            found = self._kept.get(number)
            if found is None:
                self._make_room()
                found = await self.read(self.plan.groups[number])
                self._kept[number] = found
                self._make_room(keep=1)
            self._kept.move_to_end(number)
        return found

    async def read(self, ids: Sequence[str]) -> Group:
        """Any organisations of the plan; those that were erased meanwhile are left out."""
        stated = {one.id: one async for one in self._pages(ids)}
        statements = tuple(s for one in stated.values() for s in one.statements)
        free = {id: without(one, self.plan.held.get(id, ())) for id, one in stated.items()}
        profiles = {id: one for id, one in free.items() if one.statements}
        vectors = (
            await self._plain.vectors(statements)
            if statements
            else np.zeros((0, 0), dtype=np.float32)
        )
        return Group(stated, profiles, statements, vectors)

    async def profiles(self, ids: Sequence[str]) -> dict[str, MatchedOrganisation]:
        """As they are matched; those that take no part are left out."""
        found: dict[str, MatchedOrganisation] = {}
        for number, some in self._by_group(ids):
            group = await self.group(number)
            found.update({id: group.profiles[id] for id in some if id in group.profiles})
        return found

    async def vectors(self, statements: Sequence[Statement]) -> Vectors | None:
        """Corrected, shape (statements, dimension); None where one of them is not known here."""
        owners = list(dict.fromkeys(one.key.organisation for one in statements))
        if any(id not in self._group_of for id in owners):
            return None
        rows: Vectors | None = None
        places: dict[str, list[int]] = {}
        for place, one in enumerate(statements):
            places.setdefault(one.key.organisation, []).append(place)
        for number, some in self._by_group(owners):
            group = await self.group(number)
            mine = [place for id in some for place in places[id]]
            if any(statements[place].key not in group.rows for place in mine):
                return None
            if rows is None:
                shape = (len(statements), group.vectors.shape[1])
                rows = np.empty(shape, dtype=np.float32)
            rows[mine] = group.vectors[[group.rows[statements[place].key] for place in mine]]
        return rows

    def _by_group(self, ids: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        found: dict[int, list[str]] = {}
        for id in ids:
            if (number := self._group_of.get(id)) is not None:
                found.setdefault(number, []).append(id)
        # Those at hand first: reading one may push another out.
        yield from sorted(found.items(), key=lambda one: (one[0] not in self._kept, one[0]))

    def _make_room(self, keep: int = 0) -> None:
        """Before a group is read, for one as large as the largest."""
        sizes = [one.bytes for one in self._kept.values()]
        more = 0 if keep else max(sizes, default=0)
        while len(self._kept) > keep and sum(sizes) + more > self._memory:
            number, gone = self._kept.popitem(last=False)
            sizes.remove(gone.bytes)
            self.let_go(number)

    async def _pages(self, ids: Sequence[str]) -> AsyncIterator[MatchedOrganisation]:
        for start in range(0, len(ids), _PAGE):
            wanted = {id: self.plan.versions[id] for id in ids[start : start + _PAGE]}
            async with self._store.transaction() as transaction:
                found = await transaction.snapshots.at(wanted)
            for id in wanted:
                if id in found:
                    yield current(found[id], self.plan.day)
