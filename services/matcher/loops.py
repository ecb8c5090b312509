"""What runs beside the HTTP server: start, following the bus, watching the index."""

import asyncio
from collections.abc import Awaitable, Callable

from services.matcher.consumers import ChangesConsumer
from services.matcher.service.live import LiveIndex
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.startup import OpenIndex
from shared.bus import Bus

_CHECK_SECONDS = 60.0
_POLL_SECONDS = 0.2

Connect = Callable[[], Awaitable[Bus]]


async def until_ready(live: LiveIndex) -> None:
    """Wait for the index to be open."""
    while not live.ready:  # noqa: ASYNC110
        await asyncio.sleep(_POLL_SECONDS)


async def follow_changes(
    live: LiveIndex, connect: Connect, consumer_on: Callable[[Bus], ChangesConsumer]
) -> None:
    """Take in changes for ever; raises what the bus raises, to be started again."""
    await until_ready(live)
    await consumer_on(await connect()).run()


async def watch_index(
    live: LiveIndex, opening: OpenIndex, reconcile: Reconcile, reconcile_seconds: float
) -> None:
    """Check the files every minute; reconcile now and then, which also lets statements expire."""
    passed = 0.0
    while True:
        await until_ready(live)
        await asyncio.sleep(_CHECK_SECONDS)
        await opening.check()
        passed += _CHECK_SECONDS
        if reconcile_seconds and passed >= reconcile_seconds:
            passed = 0.0
            await reconcile.reconcile()
