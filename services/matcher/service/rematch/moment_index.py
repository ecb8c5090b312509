"""The statements of a moment as a `VectorIndex`: exact, from memory, asked for many at once.

So the classes that answer the API score a job's pairs in a process that has no index. Cosines and
BM25 agree with the engines' (a test compares), and nothing is approximate.
"""

import asyncio
from collections.abc import Sequence

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.index_hits import Hits, PointTable
from services.matcher.ports import (
    IndexedVersion,
    IndexQuery,
    Lexicon,
    OrganisationPoints,
    Part,
)
from services.matcher.service.rematch.known_names import KnownNames
from services.matcher.service.rematch.laid_out import BestHits, LaidOut, ask
from services.matcher.service.rematch.moment import Group, Moment
from services.matcher.service.rematch.postings import WordCounts
from services.matcher.service.words import terms_of


class MomentIndex:
    """A `VectorIndex` that is only asked. Questions by windows are not."""

    def __init__(self, moment: Moment, lexicon: Lexicon) -> None:
        self._moment = moment
        self._lexicon = lexicon
        self._table = PointTable()
        self._first: dict[int, int] = {}
        self._laid_out: dict[int, LaidOut] = {}
        self._counts = WordCounts.of(())
        self._named = KnownNames.of((), lexicon)
        self._statements = 0
        self.collection = "moment"

    @classmethod
    async def over(cls, moment: Moment, lexicon: Lexicon) -> "MomentIndex":
        """Reads everything once, for its words; what is held or full counts as it does there."""
        index = cls(moment, lexicon)
        everyone: list[MatchedOrganisation] = []
        for number in range(len(moment.plan.groups)):
            group = await moment.group(number)
            index._count(group)
            everyone += group.profiles.values()
        left_out = await moment.read(sorted(moment.plan.out & moment.plan.versions.keys()))
        index._count(left_out)
        out = list(left_out.profiles.values())
        index._named = KnownNames.of(everyone, lexicon, out)
        return index

    def forget(self, group: int) -> None:
        """The moment has let it go."""
        self._laid_out.pop(group, None)

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """See `VectorIndex`."""
        best = [BestHits(one, [], []) for one in queries]
        asked = [one for one in best if one.query.filter.part is Part.WHOLE]
        for number in self._wanted(asked):
            group = await self._group(number)
            await asyncio.to_thread(ask, group, asked, self._counts)
        for one in best:
            if one.query.filter.part is Part.NAME:
                one.offer(*self._named.scores(one.query))
        tables = {Part.WHOLE: self._table, Part.NAME: self._named.table}
        return [one.hits(tables[one.query.filter.part]) for one in best]

    async def count(self) -> int:
        """Statements, as they stand in the index."""
        return self._statements

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """Nothing is written to a moment."""
        raise NotImplementedError

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """Nobody asks a moment for this."""
        raise NotImplementedError

    async def check(self) -> None:
        """Memory is as it is."""

    async def close(self) -> None:
        """Nothing is held open."""

    def _count(self, group: Group) -> None:
        counted = [terms_of(one, self._lexicon) for one in group.statements]
        self._counts = self._counts.and_those_of(WordCounts.of(counted))
        self._statements += len(counted)

    def _wanted(self, asked: Sequence[BestHits]) -> list[int]:
        """Groups that any question is about."""
        everyone = any(one.query.filter.organisations is None for one in asked)
        if everyone:
            return list(range(len(self._moment.plan.groups)))
        named = {id for one in asked for id in one.query.filter.organisations or ()}
        groups = {self._moment.group_of(id) for id in named}
        return sorted(one for one in groups if one is not None)

    async def _group(self, number: int) -> LaidOut:
        group = await self._moment.group(number)
        found = self._laid_out.get(number)
        if found is None or found.group is not group:
            found = LaidOut(group, self._first.get(number, len(self._table)), self._lexicon)
            if number not in self._first:
                self._first[number] = self._table.add(found.points()).start
            self._laid_out[number] = found
        return found
