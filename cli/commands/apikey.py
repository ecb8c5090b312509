"""`hezuo apikey`: keys for programs."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, TokenRole, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="API keys for programs.", no_args_is_help=True)
_PATH = "/v1/api-keys"


@commands.command()
def create(
    label: Annotated[str, typer.Argument(help="What the key is for.")],
    role: Annotated[TokenRole, typer.Option()] = TokenRole.MEMBER,
    org: Annotated[str | None, typer.Option("--org", help="For members.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Valid for so many days.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Make a key; it is shown once."""
    expires = (datetime.now(UTC) + timedelta(days=days)).isoformat() if days else None
    body = {"label": label, "role": role.value, "organisation": org, "expires_at": expires}
    made = connect(data_dir, url, token, role="operator").request("POST", _PATH, json=body)
    if as_json:
        print_json(made)
    else:
        typer.echo(made["key"])
        typer.echo("Keep it now: it cannot be shown again.", err=True)


@commands.command("list")
def list_(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List keys, newest first."""
    items = list(connect(data_dir, url, token, role="operator").pages(_PATH))
    if as_json:
        print_json({"items": items})
        return
    if not items:
        typer.echo("There are no keys. Make one with `hezuo apikey create LABEL --role ROLE`.")
        return
    names = ("id", "label", "role", "organisation", "state")
    console().print(plain_table(names, map(_row, items)))


def _row(key: dict[str, Any]) -> tuple[object, ...]:
    state = f"until {minute(key['expires_at'])[:10]}" if key.get("expires_at") else "valid"
    if key.get("revoked_at"):
        state = f"revoked {minute(key['revoked_at'])[:10]}"
    return (key["id"], key["label"], key["role"], key.get("organisation"), state)


@commands.command()
def revoke(
    key: Annotated[str, typer.Argument(help="The key's id.")],
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Revoke a key; it stops working at once."""
    connect(data_dir, url, token, role="operator").request("DELETE", f"{_PATH}/{key}")
    typer.echo("revoked")
