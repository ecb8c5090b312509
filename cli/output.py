"""Printing: JSON for programs, tables for people."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console
    from rich.table import Table


def print_json(content: object) -> None:
    """Readable JSON with Chinese left as it is."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def console(*, to_stderr: bool = False) -> "Console":
    """Rich's console; progress goes to stderr, so that output can be piped."""
    from rich.console import Console

    return Console(stderr=to_stderr, highlight=False)


def plain_table(columns: "Sequence[str]", rows: "Iterable[Sequence[object]]") -> "Table":
    """A table whose cells are never markup; the first column stays in one piece, to be copied."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == columns[0])
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return table


def minute(moment: str | None) -> str:
    """An ISO 8601 moment to the minute, in the terminal's time zone; empty where there is none."""
    if moment is None:
        return ""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def tell_of_more(page: "Mapping[str, Any]") -> None:
    """How to see the next page, where there is one."""
    if page.get("next_cursor"):
        typer.echo(f"There are more: --cursor {page['next_cursor']}", err=True)
