"""`hezuo organisations`: look at profiles."""

from itertools import islice
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.language import name_in
from cli.options import (
    DEFAULT_DATA_DIRECTORY,
    DataDir,
    Json,
    OfCountry,
    OfField,
    OfKind,
    OfProvince,
    Token,
    Url,
)
from cli.output import console, plain_table, print_json

commands = typer.Typer(help="Look at organisations.", no_args_is_help=True)


@commands.command("list")
def list_(
    text: Annotated[str | None, typer.Option(help="Words of the name or the statements.")] = None,
    kind: OfKind = None,
    country: OfCountry = None,
    province: OfProvince = None,
    field: OfField = None,
    updated_since: Annotated[
        str | None, typer.Option(help="Only changed since, such as 2026-01-31T08:00:00Z.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="active or withdrawn.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List organisations."""
    wanted = {
        **{"text": text, "kind": kind, "country": country, "province": province, "field": field},
        **{"updated_since": updated_since, "status": status},
    }
    pages = connect(data_dir, url, token).pages("/v1/organisations", wanted)
    items = list(islice(pages, limit))
    if as_json:
        print_json({"items": items})
        return
    if not items:
        typer.echo("No organisation fits.")
        return
    columns = ("id", "name", "kind", "city", "can", "needs")
    console().print(plain_table(columns, map(_row, items)))


def _row(item: dict[str, Any]) -> tuple[object, ...]:
    name = name_in(item["names"])
    counts = (item["capabilities"], item["needs"])
    return (item["id"], name, item["kind"], item["city_name"], *counts)


@commands.command()
def show(
    organisation: Annotated[str, typer.Argument(help="The organisation's id.")],
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Show one organisation as JSON."""
    from urllib.parse import quote

    path = f"/v1/organisations/{quote(organisation, safe='')}"
    print_json(connect(data_dir, url, token).get(path))


@commands.command("look-alikes")
def look_alikes(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Organisations registered twice, or posing as others by look-alike characters."""
    found = connect(data_dir, url, token).get("/v1/look-alikes")
    if as_json:
        print_json(found)
        return
    if not found["items"]:
        typer.echo(f"No two of {found['compared']} organisations have names that read alike.")
        return
    columns = ("reads", "spelt", "id", "name", "registered", "since")
    rows = [_alike(group, one) for group in found["items"] for one in group["organisations"]]
    console().print(plain_table(columns, rows))


def _alike(group: dict[str, Any], one: dict[str, Any]) -> tuple[object, ...]:
    spelt = "alike" if group["same_spelling"] else "differently"
    registered = "yes" if one["registered"] else "no"
    name = name_in(one["names"])
    return (group["reads"], spelt, one["id"], name, registered, one["created_at"][:10])
