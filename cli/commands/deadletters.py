"""`hezuo deadletters`: changes that could not be taken in."""

from typing import Annotated

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, plain_table, print_json

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
    names = ("id", "organisation_id", "version", "reason", "created_at", "replayed_at")
    rows = ([letter.get(name) for name in names] for letter in page["items"])
    console().print(plain_table(names, rows))


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
