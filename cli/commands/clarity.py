"""`hezuo clarity`: whether needs say enough to be matched, and what to ask where they do not."""

from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, StatementSide, Token, Url
from cli.output import console, print_json


def clarity(
    organisation: Annotated[str | None, typer.Argument(help="Whose needs.")] = None,
    text: Annotated[str | None, typer.Option(help="A text instead, which is not stored.")] = None,
    side: Annotated[StatementSide, typer.Option(help="How a text is meant.")] = StatementSide.NEED,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Tell which needs are too vague to match, with questions that help."""
    if (organisation is None) == (text is None):
        raise CommandError("name an organisation, or give a text with --text")
    gateway = connect(data_dir, url, token)
    if text is not None:
        body = {"text": text, "side": side.value}
        found = gateway.request("POST", "/v1/clarity", json=body)
        items: list[dict[str, Any]] = [{"id": "", "clarity": found}]
    else:
        from urllib.parse import quote

        found = gateway.get(f"/v1/organisations/{quote(str(organisation), safe='')}/clarity")
        items = found["items"]
    if as_json:
        print_json(found)
        return
    from cli.clarity_display import clarity_blocks

    if not items:
        typer.echo("No needs are stated.")
        return
    console().print(clarity_blocks(items))
