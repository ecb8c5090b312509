"""What is shown while the platform starts."""

import time
from types import TracebackType
from typing import Self

from cli.output import console


class StartDisplay:
    """A spinner with what is still missing on a terminal; a line an event elsewhere."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self._waiting = list(parts)
        self._console = console(to_stderr=True)
        self._status = self._console.status(self._text())
        self._started = time.monotonic()
        self._live = False

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status.start()
            self._live = True
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.finish()

    def finish(self) -> None:
        """Stop the spinner; later events are still printed."""
        if self._live:
            self._status.stop()
            self._live = False

    def report(self, part: str, event: str) -> None:
        """Something has happened to a part."""
        seconds = time.monotonic() - self._started
        self._console.print(f"{seconds:6.1f} s  {part} {event}", markup=False, soft_wrap=True)
        if event == "ready" and part in self._waiting:
            self._waiting.remove(part)
            self._status.update(self._text())

    def _text(self) -> str:
        return f"Starting: {', '.join(self._waiting)}" if self._waiting else "Starting"
