"""What is printed once the platform is ready: where it is, and how to speak to it."""

import shlex
from pathlib import Path

import typer

from cli.connection import connect, local_token
from cli.failures import CommandError

_HOURS = 12.0


def _link(data_dir: Path, url: str, email: str, **rights: str) -> str:
    """A one-time link; nothing is lost where it cannot be made: `hezuo login` makes another."""
    try:
        gateway = connect(data_dir, url, None, role="operator")
        made = gateway.request("POST", "/v1/login-links", json={"email": email, **rights})
    except CommandError as error:
        return f"(no link: {error})"
    return str(made["url"])


def print_welcome(url: str, data_dir: Path, *, organisation: str | None, foreground: bool) -> None:
    """The address, links into the console, two tokens, and lines to paste."""
    member = local_token(
        data_dir, role="member", organisation=organisation or "my-organisation", hours=_HOURS
    )
    coordinator = local_token(data_dir, role="coordinator", hours=_HOURS)
    where = shlex.quote(str(data_dir))
    as_coordinator = _link(data_dir, url, "coordinator@example.org", role="coordinator")
    as_member = "(load the demo profiles, or register at the login page)"
    if organisation:
        as_member = _link(
            data_dir, url, "member@example.org", role="member", organisation=organisation
        )
    stop = "Ctrl-C stops everything." if foreground else f"Stop: hezuo down --data-dir {where}"
    typer.echo(
        f"""
Hezuo 合作 is ready.
  Console       {url}/console
  as coordinator, once, within 15 minutes:
    {as_coordinator}
  as a member of {organisation or "an organisation"}:
    {as_member}
  another link  hezuo login EMAIL --role coordinator --data-dir {where}
  API docs      {url}/docs
  health        {url}/ready

A member's token (speaks for {organisation or "my-organisation"}, {_HOURS:.0f} hours):
{member}

A coordinator's token:
{coordinator}

Try:
  TOKEN=$(hezuo token --role coordinator --data-dir {where})
  curl -H "Authorization: Bearer $TOKEN" {url}/v1/organisations/{organisation or "ID"}/suggestions
  curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
       -d '{{"text": "谁能做近眼显示的光学设计?", "side": "need"}}' {url}/v1/search

{stop}"""
    )
