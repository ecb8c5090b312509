"""`hezuo search`: who can do this, who needs this."""

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
    StatementSide,
    Token,
    Url,
)
from cli.output import console, print_json, tell_of_more


def search(
    text: Annotated[str, typer.Argument(help="Free text, Chinese or English.")],
    side: Annotated[
        StatementSide,
        typer.Option(help="Read it as a need (who can do this?) or a capability (who needs it?)."),
    ] = StatementSide.NEED,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
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
    """Search organisations by free text."""
    wanted = {"kind": kind, "country": country, "province": province, "field": field}
    narrowed = {**wanted, "minimum_score": minimum_score}
    body = {
        **{"text": text, "side": side.value, "limit": limit, "cursor": cursor},
        "filter": {name: value for name, value in narrowed.items() if value is not None},
    }
    page = connect(data_dir, url, token).request("POST", "/v1/search", json=body)
    if as_json:
        print_json(page)
        return
    from cli.suggestion_table import hit_table

    if not page["items"]:
        typer.echo("Nothing found.")
        return
    console().print(hit_table(text, page["items"]))
    tell_of_more(page)
