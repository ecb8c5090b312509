"""`hezuo hubs`: profiles that are everyone's neighbour."""

import typer

from cli.connection import connect
from cli.language import name_in
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, plain_table, print_json


def hubs(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Organisations near to far too many needs; suggestions lower them by their excess."""
    found = connect(data_dir, url, token).get("/v1/hubs")
    if as_json:
        print_json(found)
        return
    if not found["items"]:
        typer.echo("No profile is everyone's neighbour.")
        return
    rows = [(one["organisation"], name_in(one["names"]), one["excess"]) for one in found["items"]]
    console().print(plain_table(("id", "name", "excess"), rows))
