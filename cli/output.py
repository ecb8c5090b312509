"""Printing: JSON for programs, tables for people."""

import json
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console


def print_json(content: object) -> None:
    """Readable JSON with Chinese left as it is."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def console(*, to_stderr: bool = False) -> "Console":
    """Rich's console; progress goes to stderr, so that output can be piped."""
    from rich.console import Console

    return Console(stderr=to_stderr, highlight=False)
