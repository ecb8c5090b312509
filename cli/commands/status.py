"""`hezuo status`: every part, asked just now."""

from typing import TYPE_CHECKING

import typer

from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json
from cli.output import console, plain_table, print_json

if TYPE_CHECKING:
    from deploy.embedded.status import StackStatus


def status(as_json: Json = False, data_dir: DataDir = DEFAULT_DATA_DIRECTORY) -> None:
    """Show each part; exit code 0 only if all are ready."""
    from deploy.embedded.data_directory import DataDirectory
    from deploy.embedded.status import stack_status

    now = stack_status(DataDirectory.at(data_dir))
    if as_json:
        print_json(now.as_json())
    else:
        _show(now)
    raise typer.Exit(0 if now.ready else 1)


def _show(now: "StackStatus") -> None:
    """One line a part; what a part waits for, and restarts, in sentences below."""
    if now.url is None:
        typer.echo(f"Nothing runs on {now.data_dir}. Start it with `hezuo up`.")
        return
    rows = (
        (name, "yes" if part.ready else "no", part.version, part.pid, part.address)
        for name, part in now.parts.items()
    )
    console().print(plain_table(("part", "ready", "version", "pid", "address"), rows))
    for name, part in now.parts.items():
        if part.detail:
            typer.echo(f"{name}: {part.detail}")
        if part.statistics:
            typer.echo(f"{name}: language statistics {part.statistics}")
        if part.restarts:
            typer.echo(f"{name}: restarted {part.restarts}x; see `hezuo logs {name}`")
