"""`hezuo matches`: the review queue, one match, decisions."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.connection import connect
from cli.match_table import COLUMNS, match_page, match_row
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, plain_table, print_json

if TYPE_CHECKING:
    from cli.gateway import Gateway

commands = typer.Typer(help="Matches: the queue, decisions, undo.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(metavar="MATCH", help="The match's id.")]


@commands.command("list")
def list_(
    state: Annotated[str | None, typer.Option(help="One, or several with commas.")] = None,
    organisation: Annotated[str | None, typer.Option(help="On either side.")] = None,
    assignee: Annotated[str | None, typer.Option(help="A coordinator, or `me`.")] = None,
    text: Annotated[str | None, typer.Option(help="In the ids and names.")] = None,
    sort: Annotated[str, typer.Option(help="score, updated, waiting, created, due.")] = "score",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """The review queue."""
    gateway = connect(data_dir, url, token, role="coordinator")
    asked = {"state": state, "organisation": organisation, "assignee": assignee, "text": text}
    page = gateway.get("/v1/matches", {**asked, "sort": sort, "limit": limit})
    if as_json:
        print_json(page)
        return
    if not page["items"]:
        typer.echo("There are no such matches.")
        return
    console().print(plain_table(COLUMNS, map(match_row, page["items"])))


@commands.command()
def counts(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """How many matches are in each state."""
    found = connect(data_dir, url, token, role="coordinator").get("/v1/matches/counts")
    if as_json:
        print_json(found)
        return
    console().print(plain_table(("state", "matches"), found["states"].items()))


@commands.command()
def show(
    match: Id,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """One match: both sides, why, what was said, what may be done."""
    gateway = connect(data_dir, url, token, role="coordinator")
    _show(gateway.get(f"/v1/matches/{match}"), as_json)


@commands.command()
def decide(
    match: Id,
    decision: Annotated[
        str, typer.Argument(help="review, hold, approve, reject, ask or introduce.")
    ],
    reason: Annotated[
        list[str] | None, typer.Option(help="For a rejection; again for more.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="In your words.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Decide on a match as it is now."""
    gateway = connect(data_dir, url, token, role="coordinator")
    body: dict[str, Any] = {"decision": decision, "reasons": reason or [], "text": text}
    _show(_on_its_version(gateway, match, "decision", body), as_json)


@commands.command()
def undo(
    match: Id,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Take the last decision back, while nobody has been told."""
    gateway = connect(data_dir, url, token, role="coordinator")
    _show(_on_its_version(gateway, match, "undo", None), as_json)


def _on_its_version(gateway: "Gateway", match: str, what: str, body: object) -> Any:
    version = gateway.get(f"/v1/matches/{match}")["version"]
    headers = {"If-Match": f'"{version}"'}
    path = f"/v1/matches/{match}/{what}"
    return gateway.request("POST", path, json=body, headers=headers)


def _show(match: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(match)
        return
    for line in match_page(match):
        typer.echo(line)
