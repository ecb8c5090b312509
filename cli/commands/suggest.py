"""`hezuo suggest`: partners for an organisation, with reasons, or why one is not among them."""

from typing import Annotated

import typer

from cli.connection import connect
from cli.options import (
    DEFAULT_DATA_DIRECTORY,
    Cursor,
    DataDir,
    Json,
    MinimumScore,
    OfCountry,
    OfField,
    OfKind,
    OfProvince,
    RankingSide,
    Token,
    Url,
)
from cli.output import console, print_json, tell_of_more


def suggest(
    organisation: Annotated[str, typer.Argument(help="The organisation's id.")],
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    side: Annotated[RankingSide, typer.Option(help="Which direction ranks.")] = RankingSide.MUTUAL,
    diversity: Annotated[
        bool, typer.Option(help="Near-duplicates and sister institutes make way.")
    ] = True,
    why_not: Annotated[
        str | None,
        typer.Option(metavar="OTHER", help="Say why this organisation is not suggested."),
    ] = None,
    kind: OfKind = None,
    country: OfCountry = None,
    province: OfProvince = None,
    field: OfField = None,
    minimum_score: MinimumScore = None,
    cursor: Cursor = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Suggest partners for an organisation."""
    gateway = connect(data_dir, url, token)
    path = suggestions_path(organisation)
    if why_not is not None:
        path += f"/why-not/{_quoted(why_not)}"
        cursor = None
    wanted = {
        **{"limit": limit, "side": side.value, "diversity": diversity},
        **{"kind": kind, "country": country, "province": province, "field": field},
        **{"minimum_score": minimum_score, "cursor": cursor},
    }
    found = gateway.get(path, wanted)
    if as_json:
        print_json(found)
    elif why_not is not None:
        from cli.why_not_text import why_not_text

        console().print(why_not_text(found))
    elif not found["items"]:
        typer.echo("No partner stands out yet. Add needs and capabilities to the profile.")
    else:
        from cli.suggestion_table import suggestion_table

        console().print(suggestion_table(organisation, found["items"]))
        tell_of_more(found)
    if not as_json and found.get("unanswered"):
        from cli.unanswered import unanswered_block

        console().print(unanswered_block(found["unanswered"]))


def suggestions_path(organisation: str) -> str:
    """The address of an organisation's suggestions."""
    return f"/v1/organisations/{_quoted(organisation)}/suggestions"


def _quoted(organisation: str) -> str:
    from urllib.parse import quote

    return quote(organisation, safe="")
