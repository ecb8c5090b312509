"""`hezuo calls`: published calls."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="Calls, their state and their teams.", no_args_is_help=True)
_PIECE = 256 * 1024
_SHOWN_PROBLEMS = 20


@commands.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines or CSV; also packed as .gz.")],
    dry_run: Annotated[bool, typer.Option(help="Check the rows, store nothing.")] = False,
    strict: Annotated[bool, typer.Option(help="Exit code 2 when a row was rejected.")] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Import calls as drafts; good rows are taken in, bad rows are reported."""
    report = connect(data_dir, url, token).request(
        "POST",
        "/v1/call-imports",
        params={"dry_run": dry_run},
        content=_pieces(file),
        seconds=600,
    )
    if as_json:
        print_json(report)
    else:
        _tell(report)
    if strict and report["rejected"]:
        raise typer.Exit(2)


@commands.command("list")
def list_(
    state: Annotated[
        str | None, typer.Option(help="draft, open, closed or cancelled.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List calls, newest change first."""
    page = connect(data_dir, url, token).get("/v1/calls", {"state": state, "limit": limit})
    if as_json:
        print_json(page)
        return
    if not page["items"]:
        typer.echo("There are no such calls.")
        return
    names = ("id", "state", "title", "requirements", "accepted", "waiting", "deadline", "changed")
    console().print(plain_table(names, map(_row, page["items"])))


def _row(call: dict[str, Any]) -> tuple[object, ...]:
    seats = (call["requirements"], call["accepted"], call["waiting"])
    return (
        call["id"],
        call["state"],
        call["title"],
        *seats,
        call["deadline"],
        minute(call["updated_at"]),
    )


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as content:
            while piece := content.read(_PIECE):
                yield piece
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error


def _tell(report: dict[str, Any]) -> None:
    names = ("rows", "created", "updated", "unchanged", "rejected")
    typer.echo(", ".join(f"{name} {report[name]}" for name in names))
    if report["dry_run"]:
        typer.echo("checked, nothing stored")
    for one in report["problems"][:_SHOWN_PROBLEMS]:
        place = f"line {one['line']}, {one['field']}"
        typer.echo(f"  {place}: {one['problem']} → {one['mend']}", err=True)
    if len(report["problems"]) > _SHOWN_PROBLEMS:
        more = len(report["problems"]) - _SHOWN_PROBLEMS
        typer.echo(f"  and {more} more (--json has up to 1,000)", err=True)
