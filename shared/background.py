"""Loops that a service runs beside its HTTP server, restarted when they fail."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

_log = structlog.get_logger("background")
_ASK_AGAIN_SECONDS = 2.0


class BackgroundLoops:
    """Starts loops and keeps them running with growing pauses, until stopped."""

    def __init__(self, *, longest_pause_seconds: float = 5.0) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._longest_pause = longest_pause_seconds

    def start(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        """Run `loop` until `stop`; one that returns is not started again."""
        self._tasks.append(asyncio.create_task(self._keep_running(name, loop), name=name))

    async def stop(self) -> None:
        """Cancel all and wait for them.

        A library may swallow a cancellation that comes just as its own wait ends: ask again.
        """
        left = set(self._tasks)
        while left:
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=_ASK_AGAIN_SECONDS)
        self._tasks.clear()

    async def _keep_running(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        pause = 0.1
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await loop()
                return
            except Exception as error:
                _log.warning("loop_failed", loop=name, exc_info=error)
            if asyncio.get_running_loop().time() - started > 30:
                pause = 0.1
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._longest_pause)
