"""`hezuo deadletters`: changes that could not be taken in."""

from itertools import islice
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="Changes that the matcher could not take in.", no_args_is_help=True)
_PAGE = 200


@commands.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List dead letters, newest first."""
    gateway = connect(data_dir, url, token, role="operator")
    pages = gateway.pages("/v1/dead-letters", {"limit": min(limit, _PAGE)})
    items = list(islice(pages, limit))
    if as_json:
        print_json({"items": items})
        return
    if not items:
        typer.echo("There are no dead letters.")
        return
    names = ("id", "organisation", "version", "since", "replayed", "reason")
    console().print(plain_table(names, map(_row, items)))


def _row(letter: dict[str, Any]) -> tuple[object, ...]:
    what = (letter["id"], letter["organisation_id"], letter["version"])
    when = (minute(letter["created_at"]), minute(letter.get("replayed_at")))
    return (*what, *when, letter["reason"])


@commands.command()
def replay(
    letter: Annotated[int | None, typer.Argument(help="Only this one, by its id.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Send dead letters again: all, or one."""
    gateway = connect(data_dir, url, token, role="operator")
    one = f"/{letter}" if letter is not None else ""
    done = gateway.request("POST", f"/v1/dead-letters{one}/replay")
    if as_json:
        print_json(done)
    else:
        typer.echo(f"{done['replayed']} sent again")


@commands.command()
def dismiss(
    letter: Annotated[int, typer.Argument(help="Its id.")],
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Drop one that is no valid event, or that was taken in since."""
    gateway = connect(data_dir, url, token, role="operator")
    gateway.request("DELETE", f"/v1/dead-letters/{letter}")
    typer.echo(f"{letter} dismissed")
