"""From the outbox to the bus: order, failures, late commits, two relays (FAULTS 3, 4)."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence

import nats
import pytest
import sqlalchemy as sa

from services.profiles.publishing import STREAM
from services.profiles.schema import outbox
from shared.background import BackgroundLoops
from shared.bus import BusUnavailableError, ConsumerSpec, OutgoingMessage
from shared.db import Database
from shared.nats_bus import NatsBus
from shared.outbox import OutboxEvent, Relay, append_events, outbox_lag
from tests.support.eventually import eventually
from tests.support.profiles import profile
from tests.support.profiles_service import running_profiles

pytestmark = pytest.mark.anyio


class FlakyBus:
    """Takes messages like a stream; while `failing`, acknowledges only the first few."""

    def __init__(self) -> None:
        self.published: list[OutgoingMessage] = []
        self.failing = False
        self.calls = 0

    async def publish(self, messages: Sequence[OutgoingMessage]) -> int:
        self.calls += 1
        await asyncio.sleep(0)
        taken = messages[: len(messages) // 2] if self.failing else messages
        self.published += taken
        if self.failing and not taken:
            raise BusUnavailableError("away")
        return len(taken)

    @property
    def versions(self) -> dict[str, list[int]]:
        """By organisation, each message once (the stream drops repetitions), in order."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for message in self.published:
            event = json.loads(message.data)
            found[event["id"]].setdefault(message.message_id, event["version"])
        return {name: list(versions.values()) for name, versions in found.items()}


def event(name: str, version: int) -> OutboxEvent:
    return OutboxEvent(
        event_id=f"{name}-{version}",
        subject="profiles.organisation.changed.v1",
        payload={"id": name, "version": version},
        request_id="r",
    )


@pytest.fixture
async def database(migrated_database):
    database = Database(migrated_database("services.profiles"))
    yield database
    await database.close()


@pytest.fixture
async def loops():
    loops = BackgroundLoops(longest_pause_seconds=0.2)
    yield loops
    await loops.stop()


async def store(database: Database, *events: OutboxEvent) -> None:
    async with database.transaction() as connection:
        await append_events(connection, outbox, events)


async def waiting(database: Database) -> int:
    return (await outbox_lag(database.engine, outbox))[0]


async def drained(database: Database) -> bool:
    return await waiting(database) == 0


def relay(database: Database, bus: FlakyBus, **more: float) -> Relay:
    return Relay(database.engine, outbox, bus, poll=0.2, **more)  # type: ignore[arg-type]


async def test_events_are_published_in_order_and_once(database, loops):
    bus = FlakyBus()
    await store(database, *(event(f"o{n % 3}", n) for n in range(50)))
    loops.start("relay", relay(database, bus, batch=7).run)
    await eventually(lambda: drained(database))
    assert [json.loads(m.data)["version"] for m in bus.published] == list(range(50))
    await store(database, event("late", 1))
    await eventually(lambda: "late" in bus.versions)


async def test_a_failing_bus_delays_events_but_loses_and_reorders_none(database, loops):
    bus = FlakyBus()
    bus.failing = True
    await store(database, *(event("o", n) for n in range(20)))
    loops.start("relay", relay(database, bus).run)
    await eventually(lambda: bus.calls > 3)
    assert await waiting(database) > 0
    bus.failing = False
    await eventually(lambda: drained(database))
    assert bus.versions == {"o": list(range(20))}


async def test_a_lower_id_that_commits_late_is_still_published(database, loops):
    bus = FlakyBus()
    loops.start("relay", relay(database, bus).run)
    async with database.transaction() as slow:
        await append_events(slow, outbox, [event("slow", 1)])
        await store(database, event("fast", 1))
        await eventually(lambda: "fast" in bus.versions)
        assert "slow" not in bus.versions
    await eventually(lambda: "slow" in bus.versions)


async def test_of_two_relays_one_works_and_the_other_takes_over(database, loops):
    others = BackgroundLoops()
    first, second = FlakyBus(), FlakyBus()
    loops.start("first", relay(database, first).run)
    await store(database, event("o", 1))
    await eventually(lambda: drained(database))
    others.start("second", relay(database, second).run)
    await store(database, *(event("o", n) for n in range(2, 30)))
    await eventually(lambda: drained(database))
    assert first.versions == {"o": list(range(1, 30))}
    assert second.published == []
    await loops.stop()
    await store(database, event("o", 30))
    await eventually(lambda: second.versions == {"o": [30]})
    await others.stop()


async def test_a_write_reaches_the_stream_and_readiness_says_so(migrated_database, nats_server):
    url = migrated_database("services.profiles")
    async with running_profiles(url, nats_server.url) as profiles:
        await profiles.member("acme").post("/organisations", json=profile("Acme"))
        bus = await NatsBus.connect(nats_server.url, name="test")
        await bus.ensure_stream(STREAM)
        consumer = await bus.consumer(ConsumerSpec("PROFILES", "test", "profiles.>"))
        received: list[dict[str, object]] = []

        async def arrived() -> bool:
            for message in await consumer.fetch(1, wait_seconds=1):
                received.append(json.loads(message.data))
                await message.ack()
            return bool(received)

        await eventually(arrived)
        assert (received[0]["organisation_id"], received[0]["version"]) == ("acme", 1)
        answer = await profiles.service.get("/ready")
        assert answer.status_code == 200, answer.text
        versions = {d["name"]: d["version"] for d in answer.json()["dependencies"]}
        assert set(versions) == {"postgresql", "nats", "outbox"}
        assert versions["postgresql"]
        assert versions["nats"]
        await bus.close()


async def test_a_deleted_stream_is_made_again_and_the_events_follow(migrated_database, nats_server):
    url = migrated_database("services.profiles")
    async with running_profiles(url, nats_server.url) as profiles:
        database = profiles.process.database
        await profiles.member("one").post("/organisations", json=profile("One"))
        await eventually(lambda: drained(database))
        client = await nats.connect(nats_server.url)
        stream = client.jetstream()
        await stream.delete_stream(STREAM.name)
        await profiles.member("two").post("/organisations", json=profile("Two"))
        await eventually(lambda: drained(database), seconds=30)
        assert (await stream.stream_info(STREAM.name)).state.messages == 1
        await client.close()


async def test_without_nats_writes_go_on_and_readiness_says_why(profiles):
    assert (await profiles.member("a").post("/organisations", json=profile("A"))).status_code == 201
    answer = await profiles.service.get("/ready")
    assert answer.status_code == 503
    found = {d["name"]: d for d in answer.json()["dependencies"]}
    assert found["postgresql"]["ready"]
    assert not found["nats"]["ready"]
    assert "1 events wait" in found["outbox"]["detail"]
    assert (await profiles.service.get("/health")).status_code == 200


async def test_without_postgresql_health_answers_and_requests_are_told_to_wait():
    url = "postgresql+asyncpg://postgres@/none?host=/nonexistent"
    async with running_profiles(url, prepared=False) as profiles:
        assert (await profiles.service.get("/health")).status_code == 200
        ready = await profiles.service.get("/ready")
        assert ready.status_code == 503
        assert ready.json()["dependencies"][0]["detail"]
        answer = await profiles.member("a").get("/organisations/a")
        assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
        assert answer.headers["retry-after"]


async def test_losing_postgresql_is_told_as_not_ready(profiles):
    async with profiles.process.database.engine.connect() as connection:
        name = (await connection.execute(sa.text("select current_database()"))).scalar_one()
    outside = Database(profiles.database_url.replace(name, "postgres"))
    async with outside.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in (
            f'alter database "{name}" with allow_connections false',
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
            f'alter database "{name}" rename to "{name}_away"',
        ):
            await autocommit.execute(sa.text(statement))
    await outside.close()
    answer = await profiles.member("a").get("/organisations/a")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
