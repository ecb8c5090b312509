"""`hezuo deadletters`: changes that could not be taken in."""

from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="Changes that the matcher could not take in.", no_args_is_help=True)


@commands.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List dead letters, newest first."""
    gateway = connect(data_dir, url, token, role="operator")
    page = gateway.get("/v1/dead-letters", {"limit": limit})
    if as_json:
        print_json(page)
        return
    if not page["items"]:
        typer.echo("There are no dead letters.")
        return
    names = ("id", "organisation", "version", "since", "replayed", "reason")
    console().print(plain_table(names, map(_row, page["items"])))


def _row(letter: dict[str, Any]) -> tuple[object, ...]:
    what = (letter["id"], letter["organisation_id"], letter["version"])
    when = (minute(letter["created_at"]), minute(letter.get("replayed_at")))
    return (*what, *when, letter["reason"])


@commands.command()
def replay(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Send all dead letters again."""
    gateway = connect(data_dir, url, token, role="operator")
    done = gateway.request("POST", "/v1/dead-letters/replay")
    if as_json:
        print_json(done)
    else:
        typer.echo(f"{done['replayed']} sent again")
