"""Hearing of the end before the server waits for open answers to end."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def before_stopping(act: Callable[[], object]) -> None:
    """Call `act` in the running loop when the process is asked to stop, then what was there before.

    The server closes its listeners and waits for answers under way; a stream would never end.
    """
    if threading.current_thread() is not threading.main_thread():
        return  # tests; signals come to the main thread alone
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        _chain(number, loop, act)


def _chain(number: int, loop: asyncio.AbstractEventLoop, act: Callable[[], object]) -> None:
    before: Any = signal.getsignal(number)

    def both(signum: int, frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(act)
        if callable(before):
            before(signum, frame)

    if callable(before):
        signal.signal(number, both)
