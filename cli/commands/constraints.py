"""`hezuo constraints`: pairs that are not to be suggested to each other."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(
    help="Pairs that are not to be suggested to each other.", no_args_is_help=True
)


class Kind(StrEnum):
    """As in shared.contracts.constraints, which is too heavy to import for `--help`."""

    NEVER_AGAIN = "never_again"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ALREADY_PARTNERS = "already_partners"


Organisation = Annotated[str, typer.Argument(help="An organisation's id.")]
Other = Annotated[str, typer.Argument(help="The other's id; it holds both ways.")]
KindOption = Annotated[Kind, typer.Option("--kind", help="Why the two are kept apart.")]


@commands.command("list")
def list_(
    organisation: Organisation,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Those of one organisation, those that are over too."""
    gateway = connect(data_dir, url, token)
    found = list(gateway.pages(f"/v1/organisations/{organisation}/pair-constraints"))
    if as_json:
        print_json({"items": found})
    elif found:
        names = ("other", "kind", "until", "set by", "set at", "holds", "reason")
        console().print(plain_table(names, map(_row, found)))
    else:
        typer.echo(f"Nobody is kept apart from {organisation}.")


@commands.command()
def add(
    organisation: Organisation,
    other: Other,
    kind: KindOption = Kind.NEVER_AGAIN,
    reason: Annotated[str | None, typer.Option(help="For coordinators only.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day, such as 2027-12-31.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Keep two apart, from the next list of suggestions on; once more replaces it."""
    said = {"reason": reason, "until": until}
    body = {name: value for name, value in said.items() if value is not None}
    gateway = connect(data_dir, url, token)
    found = gateway.request("PUT", _path(organisation, other, kind), json=body)
    if as_json:
        print_json(found)
    else:
        typer.echo(f"{organisation} and {other} are kept apart ({kind.value})")


@commands.command()
def remove(
    organisation: Organisation,
    other: Other,
    kind: KindOption = Kind.NEVER_AGAIN,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Let two be suggested to each other again."""
    gateway = connect(data_dir, url, token)
    gateway.request("DELETE", _path(organisation, other, kind))
    typer.echo(f"{organisation} and {other} may be suggested to each other again ({kind.value})")


def _path(organisation: str, other: str, kind: Kind) -> str:
    return f"/v1/organisations/{organisation}/pair-constraints/{other}/{kind.value}"


def _row(one: dict[str, Any]) -> tuple[object, ...]:
    holds = "yes" if one["active"] else "no"
    said = (one["other"], one["kind"], one["until"] or "for good", one["set_by"])
    return (*said, minute(one["set_at"]), holds, one["reason"])
