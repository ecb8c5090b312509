"""`hezuo logs`: what the parts have written."""

import time
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
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
) -> None:
    """Show the last lines of the logs."""
    from deploy.embedded.data_directory import PARTS, SUPERVISOR, DataDirectory
    from deploy.embedded.log_files import last_lines

    known = (*PARTS, SUPERVISOR)
    if part is not None and part not in known:
        raise CommandError(f"there is no part {part!r}; name one of {', '.join(known)}")
    directory = DataDirectory.at(data_dir)
    files = {name: directory.log_of(name) for name in ([part] if part else known)}
    for name, file in files.items():
        if text := last_lines(file, lines):
            typer.echo(text if part else f"==> {name} <==\n{text}\n")
    if follow:
        _follow({name: file for name, file in files.items() if file.exists()})


def _follow(files: dict[str, Path]) -> None:
    positions = {name: file.stat().st_size for name, file in files.items()}
    while True:
        for name, file in files.items():
            positions[name] = _print_new(file, positions[name], name if len(files) > 1 else "")
        time.sleep(_POLL_SECONDS)


def _print_new(file: Path, position: int, name: str) -> int:
    """The new position; a file that was rotated is read from its start."""
    try:
        if file.stat().st_size < position:
            position = 0
        with file.open(errors="replace") as opened:
            opened.seek(position)
            for line in opened:
                typer.echo(f"{name}: {line}" if name else line, nl=False)
            return opened.tell()
    except OSError:
        return position
