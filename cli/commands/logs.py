"""`hezuo logs`: what the parts have written."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir

_POLL_SECONDS = 0.3


def logs(
    part: Annotated[
        str | None,
        typer.Argument(help="postgresql, nats, profiles, matcher, gateway, supervisor; or all."),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Show new lines.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0)] = 50,
    raw: Annotated[bool, typer.Option("--raw", help="The lines as they were written.")] = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
) -> None:
    """Show the last lines of the logs, services' JSON lines made readable."""
    from deploy.embedded.data_directory import PARTS, SUPERVISOR, DataDirectory
    from deploy.embedded.log_files import last_lines, readable_line

    known = (*PARTS, SUPERVISOR)
    if part is not None and part not in known:
        raise CommandError(f"there is no part {part!r}; name one of {', '.join(known)}")
    directory = DataDirectory.at(data_dir)
    told = str if raw else readable_line
    files = {name: directory.log_of(name) for name in ([part] if part else known)}
    for name, file in files.items():
        if text := last_lines(file, lines):
            shown = "\n".join(map(told, text.splitlines()))
            typer.echo(shown if part else f"==> {name} <==\n{shown}\n")
    if follow:
        _follow({name: file for name, file in files.items() if file.exists()}, told)


def _follow(files: dict[str, Path], told: Callable[[str], str]) -> None:
    positions = {name: file.stat().st_size for name, file in files.items()}

    def prefix(name: str) -> str:
        return f"{name}: " if len(files) > 1 else ""

    while True:
        for name, file in files.items():
            positions[name] = _print_new(file, positions[name], prefix(name), told)
        time.sleep(_POLL_SECONDS)


def _print_new(file: Path, position: int, prefix: str, told: Callable[[str], str]) -> int:
    """The new position; a file that was rotated is read from its start."""
    try:
        if file.stat().st_size < position:
            position = 0
        with file.open(errors="replace") as opened:
            opened.seek(position)
            for line in opened:
                typer.echo(prefix + told(line.rstrip("\n")))
            return opened.tell()
    except OSError:
        return position
