"""Event streams: who is told what, resuming, heartbeats, limits, the end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from services.gateway.messages.event_feed import EventFeed
from services.gateway.messages.event_streams import MOST_STREAMS, EventStreams
from services.gateway.messages.notes import NewEvent, News
from services.gateway.messages.owners import STAFF, of_organisation
from services.gateway.messages.tables import events
from shared.contracts.messages import EventType
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.integration.gateway_messages.conftest import COORDINATOR, Desk, member

pytestmark = pytest.mark.anyio
_BATCH = Principal(subject="nightly", role=Role.BATCH)
_OPERATOR = Principal(subject="root", role=Role.OPERATOR)


async def happens(desk: Desk, *sources: str, to: str | None = None) -> None:
    audience = (STAFF, of_organisation(to)) if to else (STAFF,)
    news = [
        News(NewEvent(one, EventType.MATCH_CHANGED, audience, desk.moment, {"state": one}))
        for one in sources
    ]
    await desk.publishing.publish(news)


@asynccontextmanager
async def streaming(desk: Desk, **settings: Any) -> AsyncIterator[EventStreams]:
    feed = EventFeed(desk.database, poll_seconds=0.02)
    task = asyncio.create_task(feed.run())
    try:
        yield EventStreams(feed, **{"heartbeat_seconds": 5.0, **settings})
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Listener:
    """Reads a stream as a browser does."""

    def __init__(self, streams: EventStreams, reader: Principal, last: str | None = None) -> None:
        self.pieces = streams.open(reader, last)
        self.pending = ""

    async def begin(self) -> str:
        return (await anext(self.pieces)).decode()

    async def told(self, count: int) -> list[tuple[str, str]]:
        """Event and state of the next so many."""
        found = []
        while len(found) < count:
            async with asyncio.timeout(5):
                self.pending += (await anext(self.pieces)).decode()
            *whole, self.pending = self.pending.split("\n\n")
            for block in whole:
                fields = dict(line.split(": ", 1) for line in block.split("\n") if line[:1] != ":")
                if "event" in fields:
                    found.append((fields["event"], json.loads(fields["data"]).get("state")))
        return found

    async def close(self) -> None:
        await self.pieces.aclose()  # type: ignore[attr-defined]


async def test_each_reader_is_told_what_concerns_it_and_no_more(desk: Desk) -> None:
    readers = {
        "a": member("a"),
        "b": member("b"),
        "staff": COORDINATOR,
        "batch": _BATCH,
        "operator": _OPERATOR,
    }
    async with streaming(desk) as streams:
        listeners = {name: Listener(streams, reader) for name, reader in readers.items()}
        for listener in listeners.values():
            assert await listener.begin() == "retry: 3000\n\n"
        await happens(desk, "for-a", to="a")
        await happens(desk, "for-staff")
        await happens(desk, "for-b", to="b")
        await happens(desk, "end-a", to="a")
        told = {
            "a": await listeners["a"].told(2),
            "b": await listeners["b"].told(1),
            "staff": await listeners["staff"].told(4),
            "batch": await listeners["batch"].told(4),
            "operator": await listeners["operator"].told(4),
        }
        for listener in listeners.values():
            await listener.close()
    everything = ["for-a", "for-staff", "for-b", "end-a"]
    states = {name: [state for _, state in found] for name, found in told.items()}
    assert states == {
        "a": ["for-a", "end-a"],
        "b": ["for-b"],
        **dict.fromkeys(("staff", "batch", "operator"), everything),
    }


async def test_a_message_is_told_to_its_inbox_and_not_to_all_staff(desk: Desk) -> None:
    async with streaming(desk) as streams:
        mine, theirs = Listener(streams, COORDINATOR), Listener(streams, _OPERATOR)
        await mine.begin()
        await theirs.begin()
        await desk.tell("role:coordinator")
        await happens(desk, "after")
        assert [kind for kind, _ in await mine.told(2)] == ["message.created", "match.changed"]
        assert await theirs.told(1) == [("match.changed", "after")]
        await mine.close()
        await theirs.close()


async def test_it_goes_on_after_the_last_event_that_was_seen(desk: Desk) -> None:
    await happens(desk, *(f"e{n}" for n in range(450)), to="a")
    numbers = sorted(row["id"] for row in await desk.rows(events))
    async with streaming(desk) as streams:
        listener = Listener(streams, member("a"), str(numbers[9]))
        assert await listener.begin() == "retry: 3000\n\n"
        told = await listener.told(440)
        await happens(desk, "live", to="a")
        told += await listener.told(1)
        await listener.close()
    assert [state for _, state in told] == [*(f"e{n}" for n in range(10, 450)), "live"]


@pytest.mark.parametrize("last", ["0", "99999", "nonsense", "9" * 40])
async def test_a_position_that_is_not_kept_is_reset(desk: Desk, last: str) -> None:
    await happens(desk, "old", "older", to="a")
    async with desk.database.transaction() as connection:
        await connection.execute(events.delete().where(events.c.source == "old"))
    async with streaming(desk) as streams:
        listener = Listener(streams, member("a"), last)
        assert "event: reset" in await listener.begin()
        await happens(desk, "new", to="a")
        assert await listener.told(1) == [("match.changed", "new")]
        await listener.close()


async def test_silence_is_filled_and_a_stream_ends_by_itself(desk: Desk) -> None:
    async with streaming(desk, heartbeat_seconds=0.05, longest_seconds=0.3) as streams:
        pieces = [piece async for piece in streams.open(member("a"), None)]
    assert pieces[1:] == [b": heartbeat\n\n"] * len(pieces[1:])
    assert len(pieces) >= 4


async def test_closing_ends_streams_at_once(desk: Desk) -> None:
    feed = EventFeed(desk.database)
    streams = EventStreams(feed)
    listener = Listener(streams, member("a"))
    await listener.begin()
    rest = asyncio.create_task(anext(listener.pieces, None))  # type: ignore[arg-type]
    await asyncio.sleep(0.05)
    await feed.close()
    async with asyncio.timeout(1):
        await rest
        assert await anext(listener.pieces, None) is None


async def test_one_reader_has_a_few_streams_and_gets_them_back(desk: Desk) -> None:
    async with streaming(desk) as streams:
        listeners = [Listener(streams, member("a")) for _ in range(MOST_STREAMS)]
        for listener in listeners:
            await listener.begin()
        with pytest.raises(ProblemError, match="too_many_streams"):
            streams.open(member("a"), None)
        streams.open(member("b"), None)
        await listeners[0].close()
        streams.open(member("a"), None)
        for listener in listeners[1:]:
            await listener.close()


async def test_a_slow_reader_misses_nothing_when_memory_has_moved_on(desk: Desk) -> None:
    async with streaming(desk) as streams:
        slow, quick = Listener(streams, member("a")), Listener(streams, COORDINATOR)
        await slow.begin()
        await quick.begin()
        for start in range(0, 3000, 1000):
            await happens(desk, *(f"x{start + n}" for n in range(1000)), to="a")
            await quick.told(1000)
        assert [state for _, state in await slow.told(3000)] == [f"x{n}" for n in range(3000)]
        await slow.close()
        await quick.close()
