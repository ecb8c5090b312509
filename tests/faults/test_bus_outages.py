"""FAULTS 5, 7 and 8: an idle transaction, a restart of NATS during a fetch, NATS away for long."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded.nats import EmbeddedNats
from services.profiles.schema import outbox
from shared.background import BackgroundLoops
from shared.bus import BusUnavailableError, ConsumerSpec, PullConsumer
from shared.db import Database
from shared.nats_bus import NatsBus
from shared.outbox import OutboxEvent, Relay, append_events, outbox_lag
from shared.streams import PROFILES_STREAM
from tests.support.eventually import eventually
from tests.support.ports import free_port

pytestmark = [pytest.mark.anyio, pytest.mark.faults]
SUBJECT = "profiles.organisation.changed.v1"
LONGEST_LAG_SECONDS = 5.0
IDLE_SECONDS = 10.0
AWAY_SECONDS = 20.0


@dataclass
class Pipeline:
    """Writer, relay and follower over one bus each, as the services have them."""

    database: Database
    consumer: PullConsumer
    written: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    async def write(self) -> None:
        """Commit one more event."""
        event = OutboxEvent(
            event_id=f"event-{len(self.written):04}", subject=SUBJECT, payload={}, request_id="r"
        )
        async with self.database.transaction() as connection:
            await append_events(connection, outbox, [event])
        self.written.append(event.event_id)

    async def write_for(self, seconds: float) -> float:
        """Ten events a second; the largest lag of the relay in seconds that was seen."""
        longest, end = 0.0, asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            await self.write()
            longest = max(longest, (await outbox_lag(self.database.engine, outbox))[1])
            await asyncio.sleep(0.1)
        return longest

    async def follow(self) -> None:
        """Take what is delivered, for ever."""
        while True:
            for message in await self.consumer.fetch(100, wait_seconds=1):
                self.received.append(message.headers["Nats-Msg-Id"])
                await message.ack()

    async def arrived(self, seconds: float) -> None:
        """Until everything written has been received."""
        await eventually(lambda: set(self.received) == set(self.written), seconds=seconds)


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[EmbeddedNats]:
    """A server of the test's own, to be broken."""
    server = EmbeddedNats(tmp_path / "nats", free_port())
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def running_pipeline(url: str, nats_url: str) -> AsyncIterator[Pipeline]:
    database = Database(url)
    buses = [await NatsBus.connect(nats_url, name=name) for name in ("relay", "follower")]
    await buses[0].ensure_stream(PROFILES_STREAM)
    consumer = await buses[1].consumer(ConsumerSpec(PROFILES_STREAM.name, "test", SUBJECT))
    pipeline = Pipeline(database, consumer)
    loops = BackgroundLoops()
    loops.start("relay", lambda: Relay(database.engine, outbox, buses[0]).run())
    loops.start("follower", pipeline.follow)
    try:
        yield pipeline
    finally:
        await loops.stop()
        for bus in buses:
            await bus.close()
        await database.close()


@asynccontextmanager
async def idle_transaction(url: str) -> AsyncIterator[None]:
    """One that has written and read, and then does nothing."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    transaction = connection.transaction(isolation="repeatable_read")
    await transaction.start()
    await connection.execute(
        "insert into outbox (event_id, subject, payload, request_id) "
        "values ('never committed', 'profiles.none', '{}', 'r')"
    )
    await connection.fetchval("select count(*) from outbox")
    try:
        yield
    finally:
        await transaction.rollback()
        await connection.close()


@pytest.mark.parametrize("where", ["the same database", "another database"])
async def test_an_idle_transaction_does_not_hold_the_relay_back(
    migrated_database: Callable[[str], str], nats: EmbeddedNats, where: str
) -> None:
    own, other = (migrated_database("services.profiles") for _ in range(2))
    async with (
        running_pipeline(own, nats.url) as pipeline,
        idle_transaction(own if where == "the same database" else other),
    ):
        assert await pipeline.write_for(IDLE_SECONDS) < LONGEST_LAG_SECONDS
        await pipeline.arrived(LONGEST_LAG_SECONDS)


@pytest.mark.parametrize("way", ["kill", "stop"])
async def test_a_restart_during_a_fetch_delays_the_next_delivery_little(
    nats: EmbeddedNats, migrated_database: Callable[[str], str], way: str
) -> None:
    async with running_pipeline(migrated_database("services.profiles"), nats.url) as pipeline:
        await pipeline.write()
        await pipeline.arrived(10)
        for moment in (0.1, 0.6, 1.1):  # the follower's fetch is at another point each time
            await asyncio.sleep(moment)
            await asyncio.to_thread(getattr(nats, way))
            nats.start()  # in this thread: the server ends with the one that starts it
            await pipeline.write()
            await pipeline.arrived(LONGEST_LAG_SECONDS)


async def test_clients_outlive_a_long_absence_and_lose_nothing(
    nats: EmbeddedNats, migrated_database: Callable[[str], str]
) -> None:
    async with running_pipeline(migrated_database("services.profiles"), nats.url) as pipeline:
        await pipeline.write()
        await pipeline.arrived(10)
        nats.kill()
        await pipeline.write_for(AWAY_SECONDS)
        assert pipeline.received == pipeline.written[:1], "nobody could deliver"
        nats.start()
        await pipeline.arrived(2 * LONGEST_LAG_SECONDS)
        first = list(dict.fromkeys(pipeline.received))
    assert first == pipeline.written, "in the order of the writes"


async def test_a_bus_that_is_away_says_so_in_bounded_time(nats: EmbeddedNats) -> None:
    bus = await NatsBus.connect(nats.url, name="asking")
    await bus.ensure_stream(PROFILES_STREAM)
    consumer = await bus.consumer(ConsumerSpec(PROFILES_STREAM.name, "test", SUBJECT))
    nats.kill()
    async with asyncio.timeout(10):
        with pytest.raises(BusUnavailableError):
            await consumer.pending()
    nats.start()
    async with asyncio.timeout(10):
        while True:
            try:
                assert await consumer.pending() == 0
                break
            except BusUnavailableError:
                await asyncio.sleep(0.1)
    await bus.close()
