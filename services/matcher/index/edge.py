"""Qdrant Edge in this process: the VectorIndex of the embedded platform.

The engine holds the interpreter's lock during a call, so writes go in small steps between
which queries get their turn. One thread keeps the order.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from services.matcher.index.edge_shard import OpenShard
from services.matcher.index.paging import grouped, page_of
from services.matcher.index.payload import is_empty
from services.matcher.index.points import PlainPoint, points_of
from services.matcher.index_hits import NO_HITS, Hits
from services.matcher.ports import (
    IndexedVersion,
    IndexQuery,
    OrganisationPoints,
)

POINTS_PER_STEP = 256

_P = ParamSpec("_P")
_T = TypeVar("_T")


class EdgeVectorIndex:
    """One collection. See `VectorIndex`."""

    def __init__(self, collection: str, shard: OpenShard, thread: ThreadPoolExecutor) -> None:
        self._collection = collection
        self._shard = shard
        self._thread = thread
        self._writing = asyncio.Lock()
        self._open = True
        self._counted: int | None = None

    @property
    def collection(self) -> str:
        """Its name."""
        return self._collection

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """Raises ValueError on an unusable vector, ProblemError(out_of_space)."""
        points = points_of(changes)
        if not changes:
            return
        organisations = [change.organisation for change in changes]
        async with self._writing:
            await self._run(self._shard.begin_write)
            try:
                for start in range(0, len(points), POINTS_PER_STEP):
                    step: list[PlainPoint] = points[start : start + POINTS_PER_STEP]
                    await self._run(self._shard.upsert, step)
                await self._run(self._shard.delete_all_but, organisations, points)
                await self._run(self._shard.end_write)
            finally:
                self._counted = None

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """The answers; a lexical query without words finds nothing."""
        answers: list[Hits] = [NO_HITS] * len(queries)
        asked = [number for number, query in enumerate(queries) if not is_empty(query)]
        if asked:
            found = await self._run(self._shard.query, [queries[number] for number in asked])
            for number, hits in zip(asked, found, strict=True):
                answers[number] = hits
        return answers

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """A page in organisation id order."""
        everyone = await self._run(self._shard.organisations)
        page, following = page_of(everyone, after, limit)
        rows = await self._run(self._shard.versions_of, page) if page else []
        return grouped(rows), following

    async def count(self) -> int:
        """Statements held; counted again after a write."""
        if self._counted is None:
            counted = await self._run(self._shard.statements)
            if self._writing.locked():
                return counted
            self._counted = counted
        return self._counted

    async def check(self) -> None:
        """Raises IndexDamagedError."""
        await self._run(self._shard.check)

    async def close(self) -> None:
        """Flush and let go of the files."""
        async with self._writing:
            if self._open:
                self._open = False
                await self._run(self._shard.close)

    async def release(self) -> None:
        """Let go of files that are about to be deleted, in whatever state they are."""
        async with self._writing:
            if self._open:
                self._open = False
                await self._run(self._shard.abandon)

    async def _run(self, call: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: call(*arguments, **named))
