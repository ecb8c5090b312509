"""What happens to matches is told on the bus, and happens once however many replicas look."""

import asyncio
from collections.abc import Sequence

import pytest

from services.matcher.match_cases import publish_events, waiting_events
from services.matcher.schema import tables
from shared.bus import OutgoingMessage, StreamSpec
from shared.contracts.matches import MATCH_CHANGED, MatchChange, MatchChanged
from shared.nats_bus import NatsBus
from shared.streams import MATCHER_STREAM
from tests.support.eventually import eventually
from tests.support.match_desk import ANA, MatchDesk

pytestmark = pytest.mark.anyio


class TakingBus(NatsBus):
    """Takes everything, without a server."""

    def __init__(self) -> None:
        self.streams: list[StreamSpec] = []
        self.messages: list[OutgoingMessage] = []

    async def ensure_stream(self, spec: StreamSpec) -> None:
        self.streams.append(spec)

    async def publish(self, messages: Sequence[OutgoingMessage]) -> int:
        self.messages += messages
        return len(messages)


async def test_each_step_of_people_is_published_in_order(desk: MatchDesk) -> None:
    id, pair = await desk.asked()
    bus = TakingBus()

    async def connect() -> TakingBus:
        return bus

    relay = asyncio.create_task(publish_events(desk.database, tables.outbox, connect))
    try:
        await eventually(lambda: len(bus.messages) >= 2)
        events = [MatchChanged.model_validate_json(message.data) for message in bus.messages]
        mine = [event for event in events if event.match_id == id]
        assert [(event.change, event.version) for event in mine] == [
            (MatchChange.APPROVED, 2),
            (MatchChange.ASKED, 3),
        ]
        assert mine[0].organisations == pair
        assert {message.subject for message in bus.messages} == {MATCH_CHANGED}
        assert bus.streams == [MATCHER_STREAM]
        await eventually(lambda: _none_wait(desk))
    finally:
        relay.cancel()


async def _none_wait(desk: MatchDesk) -> bool:
    return await waiting_events(desk.database, tables.outbox) == "0 events wait"


async def test_two_replicas_that_look_at_once_ask_and_nudge_once(desk: MatchDesk) -> None:
    id, _ = await desk.suggested()
    await desk.decide(id, "approve")
    sweep = desk.cases.sweeping.sweep
    for days in (1, 8):
        desk.clock.pass_by(days=days)
        await asyncio.gather(sweep(), sweep(), sweep())
    history = await desk.call("GET", f"/matches/{id}/history", ANA)
    steps = [step["change"] for step in history["items"]]
    assert steps == ["suggested", "approved", "asked", "nudged"]
