"""Test 2 of FAULTS: the relay dies between the stream's acknowledgement and its own mark."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

import asyncpg
import pytest

from deploy.embedded.nats import EmbeddedNats
from services.profiles.schema import outbox
from shared.bus import ConsumerSpec, OutgoingMessage, StreamSpec
from shared.db import Database
from shared.nats_bus import NatsBus
from shared.outbox import OutboxEvent, Relay, append_events

pytestmark = pytest.mark.anyio
STREAM = StreamSpec("PROFILES", ("profiles.>",))


class DyingBus(NatsBus):
    """Publishes for real, and dies by kill -9 before anyone can note it."""

    async def publish(self, messages: Sequence[OutgoingMessage]) -> int:
        await super().publish(messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return len(messages)


async def relay_that_dies(database_url: str, nats_url: str) -> None:
    bus = await DyingBus.connect(nats_url, name="dying")
    await Relay(Database(database_url).engine, outbox, bus).run()


async def test_every_event_takes_effect_once(
    migrated_database: Callable[[str], str], nats_server: EmbeddedNats
) -> None:
    url = migrated_database("services.profiles")
    database, bus = Database(url), await NatsBus.connect(nats_server.url, name="test")
    await bus.ensure_stream(STREAM)
    async with database.transaction() as connection:
        await append_events(
            connection,
            outbox,
            [
                OutboxEvent(
                    event_id=f"event-{n}",
                    subject="profiles.organisation.changed.v1",
                    payload={"n": n},
                    request_id="request-1",
                )
                for n in range(20)
            ],
        )
    dying = await asyncio.create_subprocess_exec(
        sys.executable, __file__, url, nats_server.url, stderr=subprocess.DEVNULL
    )
    assert await dying.wait() == -signal.SIGKILL
    assert await unpublished(url) == 20
    relay = asyncio.create_task(Relay(database.engine, outbox, bus, poll=0.1).run())
    async with asyncio.timeout(10):
        while await unpublished(url):
            await asyncio.sleep(0.05)
    relay.cancel()
    consumer = await bus.consumer(
        ConsumerSpec("PROFILES", "test", "profiles.organisation.changed.v1")
    )
    received = await consumer.fetch(100, wait_seconds=1, linger_seconds=0.2)
    assert [message.data for message in received] == [b'{"n": %d}' % n for n in range(20)]
    await bus.close()
    await database.close()


async def unpublished(url: str) -> int:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        count = await connection.fetchval("select count(*) from outbox where published_at is null")
        return int(count)
    finally:
        await connection.close()


if __name__ == "__main__":
    asyncio.run(relay_that_dies(sys.argv[1], sys.argv[2]))
