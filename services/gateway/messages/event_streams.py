"""Event streams (Server-Sent Events, WHATWG HTML section 9.2): what a reader may know, as it comes.

A stream ends after a while, when the process stops, and with its client. The client comes back
with its credential and `Last-Event-ID`: rights that have ended are asked for again, and nothing is
lost.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

from services.gateway.messages.event_feed import EventFeed
from services.gateway.messages.owners import audience
from shared.contracts.messages import PlatformEvent
from shared.contracts.principal import Principal
from shared.errors import ProblemError

MOST_STREAMS = 6
_MOST_IN_ALL = 500
_HEARTBEAT = b": heartbeat\n\n"
_RETRY = b"retry: 3000\n\n"
_RESET = b"event: reset\ndata: {}\n\n"


class EventStreams:
    """Opens streams, a few for each reader."""

    def __init__(
        self, feed: EventFeed, *, heartbeat_seconds: float = 15.0, longest_seconds: float = 900.0
    ) -> None:
        self._feed = feed
        self._heartbeat = heartbeat_seconds
        self._longest = longest_seconds
        self._open: Counter[tuple[str, ...]] = Counter()

    def open(self, reader: Principal, last_event_id: str | None) -> AsyncIterator[bytes]:
        """The stream's pieces. Raises ProblemError("too_many_streams")."""
        key = (reader.role.value, reader.organisation or "", reader.subject)
        if self._open[key] >= MOST_STREAMS or self._open.total() >= _MOST_IN_ALL:
            raise ProblemError("too_many_streams", limit=MOST_STREAMS)
        return self._counted(key, reader, last_event_id)

    async def _counted(
        self, key: tuple[str, ...], reader: Principal, last_event_id: str | None
    ) -> AsyncIterator[bytes]:
        self._open[key] += 1
        try:
            async with self._feed.reading():
                async for piece in self._pieces(reader, last_event_id):
                    yield piece
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]

    async def _pieces(self, reader: Principal, last_event_id: str | None) -> AsyncIterator[bytes]:
        told = audience(reader)
        position, missed = await self._start(last_event_id)
        yield _RETRY + (_RESET if missed else b"")
        loop = asyncio.get_running_loop()
        end = loop.time() + self._longest
        while not self._feed.closing.is_set() and (left := end - loop.time()) > 0:
            found = await self._feed.after(position, told, min(self._heartbeat, left))
            if found.events:
                yield b"".join(map(_piece, found.events))
            elif found.position == position:
                yield _HEARTBEAT
            position = found.position

    async def _start(self, last_event_id: str | None) -> tuple[int, bool]:
        """Where to begin, and whether events before it are lost."""
        oldest, newest = await self._feed.bounds()
        if last_event_id is None:
            return newest, False
        last = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) < 19 else -1
        known = oldest - 1 <= last <= newest
        return (last, False) if known else (newest, True)


def _piece(event: PlatformEvent) -> bytes:
    data = event.model_dump_json(exclude_defaults=True)
    return f"id: {event.id}\nevent: {event.type.value}\ndata: {data}\n\n".encode()
