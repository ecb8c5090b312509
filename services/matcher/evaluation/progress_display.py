"""Progress on a terminal, or in a log: rate and time left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text

from services.matcher.evaluation.engine import Progress


class RateColumn(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "")


@contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """A Progress for one run, gone when it ends; give it the console of standard error.

    Where that is no terminal, a line now and then.
    """
    if not console.is_terminal:
        yield ProgressLines(lambda line: console.print(line, markup=False, soft_wrap=True))
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console, transient=True) as display:
        yield _Stages(display)


class ProgressLines:
    """At most one line in `every` seconds."""

    def __init__(
        self,
        write: Callable[[str], None],
        *,
        every: float = 15.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._write, self._every, self._clock = write, every, clock
        self._stage, self._began, self._first = "", 0.0, 0
        self._told = clock()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say so, unless it was said a moment ago."""
        now = self._clock()
        if stage != self._stage or done < self._first:
            self._stage, self._began, self._first = stage, now, done
        if now - self._told < self._every:
            return
        self._told = now
        speed = (done - self._first) / (now - self._began) if now > self._began else 0.0
        left = timedelta(seconds=round((total - done) / speed)) if speed else None
        pace = f", {speed:.1f}/s, {left} left" if left is not None else ""
        self._write(f"{stage}: {done}/{total}{pace}")


class _Stages:
    def __init__(self, display: RichProgress) -> None:
        self._display = display
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._display.add_task(stage, total=total)
        self._display.update(self._tasks[stage], completed=done, total=total)
