"""Questions of several askers in one round trip to the index."""

import asyncio
import time
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.matcher.index_hits import Hits
from services.matcher.ports import IndexedVersion, IndexQuery, OrganisationPoints, VectorIndex

T = TypeVar("T")


async def all_of(askers: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What each of them comes to; the first error ends them all, and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in askers]
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return [task.result() for task in tasks]


@dataclass
class AskedTogether:
    """A `VectorIndex` whose questions wait until all askers at work have asked theirs.

    Which questions go together depends on the askers alone, never on time.
    """

    index: VectorIndex
    askers: int
    """At work."""
    most: int = 10_000
    """Questions of one round trip."""
    rest: float = 0.0
    """After a round trip, of the time that it took."""
    _waiting: list[tuple[Sequence[IndexQuery], "asyncio.Future[list[Hits]]"]] = field(
        default_factory=list
    )
    _asking: "asyncio.Task[None] | None" = None

    @property
    def collection(self) -> str:
        """That of the index."""
        return self.index.collection

    def one_less(self) -> None:
        """An asker has ended: nobody waits for its questions any more."""
        self.askers -= 1
        self._ask_when_all_wait()

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """See `VectorIndex`; of an asker."""
        answer: asyncio.Future[list[Hits]] = asyncio.get_running_loop().create_future()
        self._waiting.append((queries, answer))
        self._ask_when_all_wait()
        return await answer

    async def count(self) -> int:
        """See `VectorIndex`."""
        return await self.index.count()

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """See `VectorIndex`."""
        await self.index.replace_many(changes)

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """See `VectorIndex`."""
        return await self.index.versions(after=after, limit=limit)

    async def check(self) -> None:
        """See `VectorIndex`."""
        await self.index.check()

    async def close(self) -> None:
        """It belongs to others."""

    def _ask_when_all_wait(self) -> None:
        if self._waiting and len(self._waiting) >= self.askers:
            together, self._waiting = self._waiting, []
            self._asking = asyncio.create_task(self._ask(together))

    async def _ask(
        self, together: Sequence[tuple[Sequence[IndexQuery], "asyncio.Future[list[Hits]]"]]
    ) -> None:
        queries = [query for asked, _ in together for query in asked]
        try:
            answers: list[Hits] = []
            for start in range(0, len(queries), self.most):
                started = time.monotonic()
                answers += await self.index.query(queries[start : start + self.most])
                await asyncio.sleep((time.monotonic() - started) * self.rest)
        except BaseException as error:
            for _, answer in together:
                if not answer.done():
                    answer.set_exception(error)
            return
        found = iter(answers)
        for asked, answer in together:
            some = [next(found) for _ in asked]
            if not answer.done():
                answer.set_result(some)
