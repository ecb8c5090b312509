"""`hezuo login`: a one-time link into the console."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import minute, print_json


class PersonRole(StrEnum):
    """What people may be."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"


def login(
    email: Annotated[str, typer.Argument(help="Whose account; it is made where there is none.")],
    role: Annotated[
        PersonRole | None, typer.Option(help="Give the account this role (new ones: member).")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", "--org", help="Whom a member speaks for.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="How the person is called.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Print a link that lets a person into the console once, within 15 minutes."""
    wanted = {"role": role, "organisation": organisation, "name": name}
    if organisation and role is None:
        wanted["role"] = PersonRole.MEMBER
    body = {"email": email, **{key: value for key, value in wanted.items() if value}}
    gateway = connect(data_dir, url, token, role="operator")
    made = gateway.request("POST", "/v1/login-links", json=body)
    if as_json:
        print_json(made)
    else:
        typer.echo(made["url"])
        until = minute(made["expires_at"])
        typer.echo(f"For {made['email']} ({made['role']}), once, until {until}.", err=True)
