"""What a durable consumer is on the server decides, not what a client wishes (FACTS: JetStream)."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from deploy.embedded.nats import EmbeddedNats
from shared.bus import ConsumerSpec, OutgoingMessage, StreamSpec
from shared.nats_bus import NatsBus

pytestmark = pytest.mark.anyio

STREAM = StreamSpec("THINGS", ("things.>",))
CONSUMER = ConsumerSpec("THINGS", "reader", "things.changed", ack_wait_seconds=60)


@pytest.fixture
async def bus(nats_server: EmbeddedNats) -> AsyncIterator[NatsBus]:
    connected = await NatsBus.connect(nats_server.url, name="test")
    await connected.ensure_stream(STREAM)
    await connected.consumer(CONSUMER)
    yield connected
    await connected.close()


async def test_another_configuration_than_the_stored_one_is_refused(bus: NatsBus) -> None:
    with pytest.raises(RuntimeError, match="max_deliver"):
        await bus.consumer(replace(CONSUMER, max_deliver=3))


async def test_a_new_release_may_wait_for_acknowledgements_otherwise(bus: NatsBus) -> None:
    hasty = await bus.consumer(replace(CONSUMER, ack_wait_seconds=0.5))
    await bus.publish([OutgoingMessage("things.changed", "one", b"1")])
    [first] = await hasty.fetch(1, wait_seconds=5, linger_seconds=0)
    [again] = await hasty.fetch(1, wait_seconds=5, linger_seconds=0)
    assert (first.deliveries, again.deliveries) == (1, 2)
    await again.ack()
