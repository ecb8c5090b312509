"""An index whose damage is noticed by whoever meets it first."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from services.matcher.index_hits import Hits
from services.matcher.ports import (
    IndexDamagedError,
    IndexedVersion,
    IndexQuery,
    OrganisationPoints,
    VectorIndex,
)
from shared.errors import ProblemError


class WatchedIndex:
    """Tells of damage once, and raises ProblemError("not_ready") in its place; `check` raises
    IndexDamagedError as ever."""

    def __init__(self, index: VectorIndex, damaged: Callable[["WatchedIndex", str], None]) -> None:
        self._index = index
        self._damaged = damaged

    @property
    def collection(self) -> str:
        """Its name."""
        return self._index.collection

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """See `VectorIndex`."""
        with self._watching():
            await self._index.replace_many(changes)

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """See `VectorIndex`."""
        with self._watching():
            return await self._index.query(queries)

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """See `VectorIndex`."""
        with self._watching():
            return await self._index.versions(after=after, limit=limit)

    async def count(self) -> int:
        """See `VectorIndex`."""
        with self._watching():
            return await self._index.count()

    async def check(self) -> None:
        """Raises IndexDamagedError."""
        await self._index.check()

    async def close(self) -> None:
        """See `VectorIndex`."""
        await self._index.close()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        try:
            yield
        except IndexDamagedError as error:
            self._damaged(self, str(error))
            raise ProblemError("not_ready", what="index", headers={"Retry-After": "5"}) from error
