"""Watching a rematch job: a bar with the rate and the time left."""

import time
from typing import TYPE_CHECKING, Any

import typer

from cli.output import console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from cli.gateway import Gateway

_POLL_SECONDS = 0.5
ENDED = frozenset({"done", "failed", "cancelled"})


def watch(gateway: "Gateway", job: dict[str, Any], *, shown: bool) -> dict[str, Any]:
    """Until it has ended. Ctrl-C asks whether to cancel it; otherwise it goes on by itself."""
    path = f"/v1/rematch-jobs/{job['id']}"
    try:
        return _followed(gateway, path, job, shown=shown)
    except KeyboardInterrupt:
        if not typer.confirm("\nCancel the job? It goes on by itself otherwise.", err=True):
            typer.echo(f"It goes on; see `hezuo rematch show {job['id']}`.", err=True)
            raise
        cancelled: dict[str, Any] = gateway.request("POST", f"{path}/cancel")
        return cancelled


def _followed(gateway: "Gateway", path: str, job: dict[str, Any], *, shown: bool) -> dict[str, Any]:
    terminal = console(to_stderr=True)
    if not (shown and terminal.is_terminal):
        while job["state"] not in ENDED:
            time.sleep(_POLL_SECONDS)
            job = gateway.get(path)
        return job
    bars, task = _bars()
    with bars:
        while True:
            _show(bars, task, job)
            if job["state"] in ENDED:
                return job
            time.sleep(_POLL_SECONDS)
            job = gateway.get(path)


def _bars() -> "tuple[Progress, TaskID]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[left]}"),
        console=console(to_stderr=True),
    )
    return bars, bars.add_task("", total=None, rate="", left="")


def _show(bars: "Progress", task: "TaskID", job: dict[str, Any]) -> None:
    progress = job["progress"]
    rate, left = progress["per_second"], progress["seconds_left"]
    bars.update(
        task,
        description=f"{job['state']} ({job['computation']}, {progress['workers']} at work)",
        completed=progress["organisations_done"],
        total=progress["organisations"],
        rate=f"{rate:.1f}/s" if rate else "",
        left=f"{left:.0f} s left" if left is not None else "",
    )
