"""The consumer over a real NATS server (FAULTS 9, 10, 12)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import nats
import pytest

from deploy.embedded.nats import EmbeddedNats
from services.matcher.consumers import ChangesConsumer
from shared.background import BackgroundLoops
from shared.bus import BusUnavailableError, OutgoingMessage
from shared.contracts.events import ORGANISATION_CHANGED, Change, OrganisationChanged
from shared.nats_bus import NatsBus
from shared.streams import PROFILES_STREAM
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

POISON = "poison"


class Follower:
    """A running consumer and a publisher."""

    def __init__(self, bench: MatcherBench, bus: NatsBus) -> None:
        self.bench = bench
        self.bus = bus
        self.consumer = ChangesConsumer(
            bus, bench.take_in, bench.letters, bench.reconcile.reconcile, check_seconds=0.2
        )

    async def publish(self, *ids: str) -> None:
        messages = [self._message(id) for id in ids]
        assert await self.bus.publish(messages) == len(messages)

    async def publish_raw(self, data: bytes) -> None:
        message = OutgoingMessage(ORGANISATION_CHANGED, uuid4().hex, data)
        assert await self.bus.publish([message]) == 1

    async def settle(self) -> None:
        await eventually(self._quiet)

    async def _quiet(self) -> bool:
        try:
            return await self.consumer.pending() == 0
        except BusUnavailableError:
            return False

    def _message(self, id: str) -> OutgoingMessage:
        event = OrganisationChanged(
            event_id=uuid4().hex,
            organisation_id=id,
            version=self.bench.profiles.stored[id].version,
            change=Change.SAVED,
            occurred_at=datetime.now(UTC),
            request_id="request-0001",
        )
        return OutgoingMessage(
            ORGANISATION_CHANGED, event.event_id, event.model_dump_json().encode()
        )


async def eventually(true: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


@pytest.fixture
async def follower(bench: MatcherBench, nats_server: EmbeddedNats) -> AsyncIterator[Follower]:
    await _delete_stream(nats_server)
    bus = await NatsBus.connect(nats_server.url, name="test")
    await bus.ensure_stream(PROFILES_STREAM)
    loops = BackgroundLoops()
    follower = Follower(bench, bus)
    loops.start("changes", follower.consumer.run)
    yield follower
    await loops.stop()
    await bus.close()


async def _delete_stream(server: EmbeddedNats) -> None:
    client = await nats.connect(server.url)
    try:
        await client.jetstream().delete_stream(PROFILES_STREAM.name)
    except nats.js.errors.NotFoundError:
        pass
    finally:
        await client.close()


def lab(text: str = "an instrument for measuring light") -> dict[str, object]:
    return profile("Lab", capabilities={"c1": text})


async def test_changes_reach_the_index(follower: Follower) -> None:
    bench = follower.bench
    for number in range(5):
        bench.profiles.save(f"o{number}", lab())
    await follower.publish(*bench.profiles.stored)
    await follower.settle()
    assert await bench.held() == bench.wanted()


async def test_many_changes_of_one_organisation_are_few_re_reads(follower: Follower) -> None:
    bench = follower.bench
    bench.profiles.save("a", lab())
    await follower.publish(*["a"] * 100)
    await follower.settle()
    assert len(bench.profiles.batch_reads) <= 5
    assert bench.embedder.encoded == 1


async def test_the_same_change_delivered_long_after_changes_nothing(follower: Follower) -> None:
    bench = follower.bench
    bench.profiles.save("a", lab())
    await follower.publish("a")
    await follower.settle()
    before = await bench.held()
    bench.profiles.save("b", lab())
    await follower.publish("a", "b", "a")
    await follower.settle()
    assert await bench.held() == {**before, "b": (1, frozenset({"c1"}))}


async def test_a_poison_message_is_kept_once_and_others_flow(follower: Follower) -> None:
    bench = follower.bench
    refuse(bench, POISON)
    for id in ("a", "b", "c"):
        bench.profiles.save(id, lab())
    bench.profiles.save("d", lab(f"text with {POISON}"))
    await follower.publish_raw(b"not json")
    await follower.publish_raw(b"not json")
    await follower.publish("a", "d", "b", "d", "c")
    await follower.settle()
    assert set(await bench.held()) == {"a", "b", "c"}
    letters = (await bench.letters.page(cursor=None, limit=10)).items
    assert sorted((letter.organisation_id or "", letter.reason) for letter in letters) == [
        ("", "not an OrganisationChanged event"),
        ("d", "ValueError"),
        ("d", "ValueError"),
    ], "two different events of d, and the same bytes once"
    refuse(bench, None)
    assert (await bench.letters.replay_all()).replayed == 2
    assert await bench.held() == bench.wanted()


def refuse(bench: MatcherBench, word: str | None) -> None:
    """Make the model fail on texts with a word."""
    bench.embedder.refused = word


async def test_nothing_is_given_up_while_profiles_is_away(follower: Follower) -> None:
    bench = follower.bench
    bench.profiles.save("a", lab())
    bench.profiles.away = True
    await follower.publish("a")
    await asyncio.sleep(1.5)
    assert await follower.consumer.pending() == 1
    bench.profiles.away = False
    await follower.settle()
    assert await bench.held() == bench.wanted()
    assert not (await bench.letters.page(cursor=None, limit=10)).items


async def test_a_deleted_stream_is_made_again_and_the_index_converges(
    follower: Follower, nats_server: EmbeddedNats
) -> None:
    bench = follower.bench
    bench.profiles.save("a", lab())
    await follower.publish("a")
    await follower.settle()
    await _delete_stream(nats_server)
    bench.profiles.save("missed", lab())

    async def converged() -> bool:
        return await bench.held() == bench.wanted()

    await eventually(converged)
    bench.profiles.save("b", lab())
    await follower.publish("b")
    await eventually(converged)
