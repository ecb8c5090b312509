"""What is printed once the platform is ready: where it is, and how to speak to it."""

import shlex
from pathlib import Path

import typer

from cli.connection import local_token

_HOURS = 12.0


def print_welcome(url: str, data_dir: Path, *, organisation: str | None, foreground: bool) -> None:
    """The address, two tokens, and lines to paste."""
    member = local_token(
        data_dir, role="member", organisation=organisation or "my-organisation", hours=_HOURS
    )
    coordinator = local_token(data_dir, role="coordinator", hours=_HOURS)
    where = shlex.quote(str(data_dir))
    stop = "Ctrl-C stops everything." if foreground else f"Stop: hezuo down --data-dir {where}"
    typer.echo(
        f"""
Hezuo 合作 is ready.
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
