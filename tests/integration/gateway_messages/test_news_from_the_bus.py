"""Events from a real bus become messages once, whatever is delivered again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from deploy.embedded.nats import EmbeddedNats
from services.gateway.messages.consumer import NewsConsumer
from services.gateway.messages.forgetting import Forgetting
from services.gateway.messages.reminding import Reminding
from services.gateway.messages.sources import sources
from services.gateway.messages.stale import Patience
from services.gateway.messages.tables import event_letters, events, messages
from services.gateway.messages.turns import Turns
from shared.background import BackgroundLoops
from shared.bus import REQUEST_ID_HEADER, OutgoingMessage
from shared.clients.service_client import ServiceClient
from shared.contracts.base import Contract
from shared.contracts.calls import CALL_CHANGED, Call, CallChanged, CallEvent, CallState
from shared.contracts.events import ORGANISATION_CHANGED, Change, OrganisationChanged
from shared.contracts.match_document import Match, MatchSide
from shared.contracts.matches import (
    MATCH_CHANGED,
    MatchChange,
    MatchChanged,
    MatchOrigin,
    MatchState,
)
from shared.contracts.organisation import (
    Names,
    OrganisationBatch,
    Status,
    VersionManifest,
    VersionStamp,
)
from shared.internal_tokens import InternalTokens
from shared.nats_bus import NatsBus
from shared.streams import MATCHER_STREAM, PROFILES_STREAM
from tests.integration.gateway_messages.conftest import MATCH, Desk
from tests.support.careless_services import (
    INTERNAL_SECRET,
    MOMENT,
    CarelessService,
    organisation,
)
from tests.support.eventually import eventually

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def following(
    desk: Desk, server: EmbeddedNats, matcher: CarelessService
) -> AsyncIterator[NatsBus]:
    bus = await NatsBus.connect(server.url, name="test")
    for stream in (MATCHER_STREAM, PROFILES_STREAM):
        await bus.ensure_stream(stream)
    client = ServiceClient(
        "matcher",
        "http://x",
        InternalTokens(INTERNAL_SECRET, "gateway"),
        transport=matcher.transport(),
    )
    profiles = CarelessService("profiles")
    profiles.answer("POST", "/organisations/batch-read", OrganisationBatch(items=()))
    naming = ServiceClient(
        "profiles",
        "http://x",
        InternalTokens(INTERNAL_SECRET, "gateway"),
        transport=profiles.transport(),
    )
    loops = BackgroundLoops()
    for source in sources(client, naming, Forgetting(desk.database)):
        consumer = NewsConsumer(source, desk.publishing, desk.database)
        loops.start(source.consumer.durable, lambda c=consumer: c.run(bus))  # type: ignore[misc]
    try:
        yield bus
    finally:
        await loops.stop()
        await bus.close()


async def publish(
    bus: NatsBus, subject: str, event: Contract | bytes, request_id: str = "request-of-nobody"
) -> None:
    data = event if isinstance(event, bytes) else event.model_dump_json().encode()
    headers = {REQUEST_ID_HEADER: request_id}
    # Another id each time: as if the stream's window for duplicates were over.
    await bus.publish([OutgoingMessage(subject, uuid4().hex, data, headers)])


def match_changed(event_id: str, change: MatchChange, state: MatchState) -> MatchChanged:
    return MatchChanged(
        event_id=event_id,
        match_id=MATCH,
        version=3,
        change=change,
        state=state,
        organisations=("a", "b"),
        occurred_at=MOMENT,
        request_id="r",
    )


def match_document() -> Match:
    sides = (MatchSide(id="a", names=Names(en="Alpha")), MatchSide(id="b", names=Names(en="Beta")))
    return Match(
        id=MATCH,
        version=3,
        state=MatchState.ASKED,
        sides=sides,
        origin=MatchOrigin.RUN,
        created_at=MOMENT,
        since=MOMENT,
        updated_at=MOMENT,
    )


def call_document() -> Call:
    return Call(
        id="1" * 32,
        title="Rebuild the grotto",
        publisher="pub",
        state=CallState.OPEN,
        version=1,
        created_at=MOMENT,
        updated_at=MOMENT,
    )


async def count(desk: Desk, table: Any) -> int:
    return len(await desk.rows(table))


async def test_a_redelivered_event_gives_one_message_and_poison_is_put_aside(
    desk: Desk, nats_server: EmbeddedNats
) -> None:
    matcher = CarelessService("matcher")
    matcher.answer("GET", f"/matches/{MATCH}", match_document())
    asked = match_changed("asked-1", MatchChange.ASKED, MatchState.ASKED)
    async with following(desk, nats_server, matcher) as bus:
        await publish(bus, MATCH_CHANGED, asked)
        await publish(bus, MATCH_CHANGED, b'{"not": "such an event"}')
        await publish(bus, MATCH_CHANGED, asked)
        suggested = match_changed("s-1", MatchChange.SUGGESTED, MatchState.SUGGESTED)
        await publish(bus, MATCH_CHANGED, suggested)
        # Two messages, two events of the match, two that tell of the messages.
        await eventually(lambda: _is(count(desk, events), 4))
        await eventually(lambda: _is(count(desk, event_letters), 1))
        await asyncio.sleep(0.2)

    told = {(row["recipient"], row["kind"]) for row in await desk.rows(messages)}
    assert told == {("organisation:a", "match_asked"), ("organisation:b", "match_asked")}
    assert await count(desk, messages) == 2
    assert {one.principal.role for one in matcher.asked} == {"service"}


async def test_the_match_being_away_only_delays_the_message(
    desk: Desk, nats_server: EmbeddedNats
) -> None:
    matcher = CarelessService("matcher")
    matcher.answer("GET", f"/matches/{MATCH}", b"", 503)
    async with following(desk, nats_server, matcher) as bus:
        asked = match_changed("asked-2", MatchChange.ASKED, MatchState.ASKED)
        await publish(bus, MATCH_CHANGED, asked)
        await eventually(lambda: bool(matcher.asked))
        matcher.answer("GET", f"/matches/{MATCH}", match_document())
        await eventually(lambda: _is(count(desk, messages), 2))


async def test_what_is_asked_for_an_event_carries_its_request_id(
    desk: Desk, nats_server: EmbeddedNats
) -> None:
    matcher = CarelessService("matcher")
    matcher.answer("GET", f"/matches/{MATCH}", match_document())
    async with following(desk, nats_server, matcher) as bus:
        for number in (1, 2):
            event = match_changed(f"traced-{number}", MatchChange.ASKED, MatchState.ASKED)
            await publish(bus, MATCH_CHANGED, event, f"request-number-{number}")
        await eventually(lambda: len(matcher.asked) > 1)
    asked = [one.headers["x-request-id"] for one in matcher.asked]
    assert asked == ["request-number-1", "request-number-2"]


async def test_a_seat_that_is_only_thought_of_is_never_told(
    desk: Desk, nats_server: EmbeddedNats
) -> None:
    def call(version: int, change: CallEvent, *seated: str) -> CallChanged:
        return CallChanged(
            event_id=f"call-{version}",
            call_id="1" * 32,
            version=version,
            state=CallState.OPEN,
            change=change,
            publisher="pub",
            organisations=seated,
            occurred_at=MOMENT,
            request_id="r",
        )

    matcher = CarelessService("matcher")
    matcher.answer("GET", f"/calls/{'1' * 32}", call_document())
    async with following(desk, nats_server, matcher) as bus:
        await publish(bus, CALL_CHANGED, call(1, CallEvent.SEAT_SUGGESTED, "thought-of"))
        await publish(bus, CALL_CHANGED, call(2, CallEvent.SEAT_INVITED, "invited"))
        await publish(bus, CALL_CHANGED, call(3, CallEvent.SEAT_ACCEPTED, "invited"))
        await publish(bus, CALL_CHANGED, call(4, CallEvent.CANCELLED, "invited", "thought-of"))
        await eventually(lambda: _is(count(desk, messages), 4))
        await asyncio.sleep(0.2)

    assert {(row["recipient"], row["kind"]) for row in await desk.rows(messages)} == {
        ("organisation:invited", "call_invited"),
        ("organisation:pub", "call_replacement"),
        ("organisation:pub", "call_answered"),
        ("organisation:invited", "call_cancelled"),
    }
    assert {row["about"]["name"] for row in await desk.rows(messages)} == {"Rebuild the grotto"}
    told = {name for row in await desk.rows(events) for name in row["audience"]}
    assert "organisation:thought-of" not in told


async def test_an_erased_organisation_is_forgotten_with_its_name(
    desk: Desk, nats_server: EmbeddedNats
) -> None:
    await desk.tell("organisation:a")
    await desk.tell("organisation:b")
    gone = OrganisationChanged(
        event_id="erased-b",
        organisation_id="b",
        version=9,
        change=Change.ERASED,
        occurred_at=MOMENT,
        request_id="r",
    )
    async with following(desk, nats_server, CarelessService("matcher")) as bus:
        await publish(bus, ORGANISATION_CHANGED, gone)
        await eventually(lambda: _is(count(desk, messages), 1))
    (row,) = await desk.rows(messages)
    assert row["about"]["organisation"] == {"id": "b"}


class Profiles:
    """The profiles service, seen from the walk: one page of what is there."""

    def __init__(self, *organisations: Any) -> None:
        self.organisations = {one.id: one for one in organisations}

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest:
        stamps = tuple(
            VersionStamp(id=one.id, version=one.version, status=one.status)
            for one in self.organisations.values()
        )
        return VersionManifest(items=stamps)

    async def batch_read(self, ids: Any) -> OrganisationBatch:
        return OrganisationBatch(items=tuple(self.organisations[one] for one in ids))


async def test_reminders_come_once_and_one_replica_sends_them(desk: Desk) -> None:
    old = organisation("old").model_copy(update={"updated_at": MOMENT - timedelta(days=400)})
    profiles = Profiles(old, organisation("new"), organisation("gone", status=Status.WITHDRAWN))
    reminding = Reminding(desk.database, profiles, desk.publishing, Patience(), desk.now)
    turns, moment = Turns(desk.database), datetime(2026, 11, 24, tzinfo=UTC)

    def tomorrow(now: datetime) -> datetime:
        return now + timedelta(days=1)

    async def take(now: datetime) -> bool:
        return await turns.take("reminders", now, tomorrow, reminding.remind)

    assert not await take(moment)
    moment += timedelta(days=1)
    taken = await asyncio.gather(take(moment), take(moment))
    assert sorted(taken) == [False, True]
    assert await take(moment + timedelta(days=1))

    told = [(row["recipient"], row["kind"]) for row in await desk.rows(messages)]
    assert told == [("organisation:old", "profile_stale")]


async def _is(counted: Any, expected: int) -> bool:
    return bool(await counted == expected)
