"""The consumer over a real NATS server (FAULTS 9, 10, 12)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import nats
import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from deploy.embedded.nats import EmbeddedNats
from services.matcher.consumers import ChangesConsumer
from shared.background import BackgroundLoops
from shared.bus import REQUEST_ID_HEADER, BusUnavailableError, OutgoingMessage
from shared.contracts.events import ORGANISATION_CHANGED, Change, OrganisationChanged
from shared.contracts.organisation import OrganisationBatch
from shared.errors import ProblemError
from shared.http.request_id import current_request_id
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

    async def publish(self, *ids: str, request_ids: Sequence[str] = ()) -> None:
        messages = [self._message(id) for id in ids]
        for number, request_id in enumerate(request_ids):
            headers = {REQUEST_ID_HEADER: request_id}
            messages[number] = replace(messages[number], headers=headers)
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
    named = next(letter for letter in letters if letter.organisation_id)
    with pytest.raises(ProblemError, match="conflict"):
        await bench.letters.dismiss(named.id)
    assert (await bench.letters.replay_all()).replayed == 2
    assert await bench.held() == bench.wanted()
    for letter in letters:
        await bench.letters.dismiss(letter.id)
    assert (await bench.letters.page(cursor=None, limit=10)).items == ()
    with pytest.raises(ProblemError, match="not_found"):
        await bench.letters.dismiss(named.id)


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


async def test_the_log_leads_from_every_request_to_the_work_done_for_it(
    follower: Follower,
) -> None:
    asked_under: list[str] = []
    read = follower.bench.profiles.batch_read

    async def note(ids: Sequence[str]) -> OrganisationBatch:
        asked_under.append(current_request_id())
        return await read(ids)

    follower.bench.profiles.batch_read = note  # type: ignore[method-assign]
    for id in "abc":
        follower.bench.profiles.save(id, profile(id, capabilities={"c1": f"optics of {id}"}))
    with capture_logs(processors=[merge_contextvars]) as logs:
        await follower.publish(*"abc", request_ids=["request-of-one", "request-of-two"])
        await follower.settle()
        await eventually(lambda: _told(logs, 3))
    told = [line for line in logs if line["event"] == "changes_taken_in"]
    assert {"request-of-one", "request-of-two"} < {line["request_id"] for line in told}
    assert {line["batch"] for line in told} == set(asked_under), "the calls are under the batch's"


async def test_a_change_alone_is_worked_on_under_its_requests_id(follower: Follower) -> None:
    follower.bench.profiles.save("a", profile("a", capabilities={"c1": "optics"}))
    with capture_logs(processors=[merge_contextvars]) as logs:
        await follower.publish("a", request_ids=["request-of-one"])
        await eventually(lambda: _told(logs, 1))
    told = next(line for line in logs if line["event"] == "changes_taken_in")
    assert told["batch"] == told["request_id"] == "request-of-one"


async def _told(logs: Sequence[Mapping[str, object]], changes: int) -> bool:
    return sum(line["event"] == "changes_taken_in" for line in logs) >= changes
