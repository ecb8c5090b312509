"""`hezuo suggest`: partners for an organisation, with reasons."""

from typing import Annotated

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, RankingSide, Token, Url
from cli.output import console, print_json


def suggest(
    organisation: Annotated[str, typer.Argument(help="The organisation's id.")],
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    side: Annotated[RankingSide, typer.Option(help="Which direction ranks.")] = RankingSide.MUTUAL,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Suggest partners for an organisation."""
    gateway = connect(data_dir, url, token)
    page = gateway.get(suggestions_path(organisation), {"limit": limit, "side": side.value})
    if as_json:
        print_json(page)
        return
    from cli.suggestion_table import suggestion_table

    if not page["items"]:
        typer.echo("No partner stands out yet. Add needs and capabilities to the profile.")
        return
    console().print(suggestion_table(organisation, page["items"]))


def suggestions_path(organisation: str) -> str:
    """The address of an organisation's suggestions."""
    from urllib.parse import quote

    return f"/v1/organisations/{quote(organisation, safe='')}/suggestions"
