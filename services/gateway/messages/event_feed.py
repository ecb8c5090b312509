"""What streams read: the latest events in memory, shared by all, and older ones in PostgreSQL.

No stream has a queue of its own: each asks for what follows its position when it has sent what it
had, so that a slow one costs nothing, and a slow one too many cannot grow the process.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.gateway.messages import event_store
from services.gateway.messages.event_store import StoredEvent
from shared.contracts.messages import PlatformEvent
from shared.db import Database

_KEPT = 2000
_PAGE = 200


@dataclass(frozen=True)
class Stretch:
    """Events that follow a position, as far as it was looked."""

    events: tuple[PlatformEvent, ...]
    position: int


class EventFeed:
    """Follows the table while somebody reads, and wakes the readers."""

    def __init__(self, database: Database, *, poll_seconds: float = 0.5) -> None:
        self._database = database
        self._poll = poll_seconds
        self._recent: deque[StoredEvent] = deque(maxlen=_KEPT)
        self._floor = 0
        self._position: int | None = None
        self._readers = 0
        self._news = asyncio.Condition()
        self.closing = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled; an error ends it, so that the caller starts it again."""
        while True:
            async with self._news:
                await self._news.wait_for(lambda: self._readers)
            if self._position is None:
                await self._begin()
            await self._follow()
            await asyncio.sleep(self._poll)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Somebody reads; with the last one the memory is given back."""
        self._readers += 1
        await self._wake()
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                self._position = None
                self._recent.clear()

    async def bounds(self) -> tuple[int, int]:
        """The smallest and the largest number that is kept."""
        async with self._database.reading() as connection:
            return await event_store.bounds(connection)

    async def after(self, position: int, audience: Sequence[str], wait_seconds: float) -> Stretch:
        """What follows, once there is something; nothing when the wait is over."""
        try:
            async with asyncio.timeout(wait_seconds), self._news:
                await self._news.wait_for(lambda: self.closing.is_set() or self._is_past(position))
        except TimeoutError:
            return Stretch((), position)
        if self._position is None or self.closing.is_set():
            return Stretch((), position)
        if position < self._floor:
            return await self._older(position, audience)
        told = frozenset(audience)
        fresh = (one for one in self._recent if one.event.id > position)
        events = tuple(one.event for one in fresh if one.audience & told)
        return Stretch(events, self._position)

    async def close(self) -> None:
        """Streams end; their clients come back to another replica, or later."""
        self.closing.set()
        await self._wake()

    def _is_past(self, position: int) -> bool:
        return self._position is not None and self._position > position

    async def _older(self, position: int, audience: Sequence[str]) -> Stretch:
        floor = self._floor  # all up to it were there before the question
        async with self._database.reading() as connection:
            found = await event_store.after(connection, position, audience=audience, limit=_PAGE)
        events = tuple(one.event for one in found)
        reached = events[-1].id if events else position
        return Stretch(events, reached if len(events) == _PAGE else max(floor, reached))

    async def _begin(self) -> None:
        _, newest = await self.bounds()
        self._recent.clear()
        self._floor = self._position = newest
        await self._wake()

    async def _follow(self) -> None:
        while self._position is not None:
            async with self._database.reading() as connection:
                found = await event_store.after(connection, self._position, limit=_PAGE)
            if self._position is None or not found:
                return
            self._keep(found)
            await self._wake()
            if len(found) < _PAGE:
                return

    def _keep(self, found: Sequence[StoredEvent]) -> None:
        for one in found:
            if len(self._recent) == _KEPT:
                self._floor = self._recent[0].event.id
            self._recent.append(one)
        self._position = found[-1].event.id

    async def _wake(self) -> None:
        async with self._news:
            self._news.notify_all()
