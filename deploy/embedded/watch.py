"""Starting crashed parts again, with growing pauses."""

import time
from collections.abc import Callable, Sequence

from deploy.embedded.back_off import BackOff
from deploy.embedded.parts import Part

Report = Callable[[str, str], None]
"""Takes a part's name and what has happened to it."""


class Watch:
    """Looks at every part, and starts those again that have stopped by themselves."""

    def __init__(
        self,
        parts: Sequence[Part],
        report: Report,
        *,
        clock: Callable[[], float] = time.monotonic,
        back_off: Callable[[], BackOff] = BackOff,
    ) -> None:
        self.restarts = {part.name: 0 for part in parts}
        self._parts = parts
        self._report = report
        self._clock = clock
        self._back_offs = {part.name: back_off() for part in parts}
        self._started = {part.name: clock() for part in parts}
        self._due: dict[str, float] = {}

    def look(self) -> bool:
        """One round; True when a part was started again."""
        started = [self._look_at(part) for part in self._parts]
        return any(started)

    def _look_at(self, part: Part) -> bool:
        if part.pid is not None:
            return False
        now = self._clock()
        if part.name not in self._due:
            ran = now - self._started[part.name]
            pause = self._back_offs[part.name].after_crash(ran)
            self._due[part.name] = now + pause
            self._report(part.name, f"has stopped; starting it again in {pause:.1f} s")
        if now < self._due[part.name]:
            return False
        return self._start_again(part)

    def _start_again(self, part: Part) -> bool:
        del self._due[part.name]
        self.restarts[part.name] += 1
        self._started[part.name] = self._clock()
        try:
            part.start()
        except Exception as error:
            self._report(part.name, f"could not be started: {error}")
            return False
        self._report(part.name, "started again")
        return True
