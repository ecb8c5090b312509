"""`hezuo token`: a token for the local platform."""

from typing import Annotated

import typer

from cli.connection import local_token
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, TokenRole
from cli.output import print_json


def token(
    role: Annotated[TokenRole, typer.Option(help="What it may do.")] = TokenRole.MEMBER,
    org: Annotated[
        str | None, typer.Option("--org", help="The organisation it speaks for (members).")
    ] = None,
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 366, help="How long it lasts.")] = 12,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
) -> None:
    """Make a token, signed with the local platform's key."""
    issued = local_token(data_dir, role=role.value, organisation=org, hours=hours)
    if as_json:
        print_json({"token": issued, "role": role.value, "organisation": org, "hours": hours})
    else:
        typer.echo(issued)
