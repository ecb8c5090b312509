"""The progress bars of an import."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.importing import Progress, silent
from cli.output import console


@contextmanager
def import_progress(*, shown: bool) -> Iterator[Progress]:
    """One bar a step on a terminal; nothing elsewhere."""
    terminal = console(to_stderr=True)
    if not (shown and terminal.is_terminal):
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, TimeElapsedColumn(), console=terminal) as bars:
        tasks = {}

        def show(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=None)
            bars.update(tasks[step], completed=done, total=total)

        yield show
