"""Loops beside a server end when they are asked to."""

import asyncio
from contextlib import suppress

import pytest

from shared import background
from shared.background import BackgroundLoops

pytestmark = pytest.mark.anyio


async def test_a_loop_that_swallows_one_cancellation_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_ASK_AGAIN_SECONDS", 0.02)

    async def stubborn() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    loops = BackgroundLoops()
    loops.start("stubborn", stubborn)
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await loops.stop()
