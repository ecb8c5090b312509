"""`hezuo status`: every part, asked just now."""

from typing import TYPE_CHECKING

import typer

from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json
from cli.output import console, plain_table, print_json

if TYPE_CHECKING:
    from deploy.embedded.status import PartStatus


def status(as_json: Json = False, data_dir: DataDir = DEFAULT_DATA_DIRECTORY) -> None:
    """Show each part; exit code 0 only if all are ready."""
    from deploy.embedded.data_directory import DataDirectory
    from deploy.embedded.status import stack_status

    now = stack_status(DataDirectory.at(data_dir))
    if as_json:
        print_json(now.as_json())
    else:
        columns = ("part", "ready", "version", "address", "pid", "restarts", "detail")
        rows = ([name, *_row(part)] for name, part in now.parts.items())
        console().print(plain_table(columns, rows))
    raise typer.Exit(0 if now.ready else 1)


def _row(part: "PartStatus") -> list[object]:
    ready = "yes" if part.ready else "no"
    return [ready, part.version, part.address, part.pid, part.restarts, part.detail]
