"""Suggestions and search hits as tables with their reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

_REASONS = 2


def suggestion_table(asker: str, items: Iterable[Mapping[str, Any]]) -> Table:
    """Rank, partner, score, and who answers what in both directions."""
    table = Table(title=Text(f"Partners for {asker}"), show_lines=True, expand=True)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("partner", ratio=2, overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("what you need, and they can do", ratio=4)
    table.add_column("what they need, and you can do", ratio=4)
    for item in items:
        table.add_row(
            str(item["rank"]),
            partner_name(item["partner"]),
            f"{item['score']:.2f}",
            _direction(item["receives"]),
            _direction(item["gives"]),
        )
    return table


def hit_table(text: str, items: Iterable[Mapping[str, Any]]) -> Table:
    """Rank, organisation, score and the statements that answer the text."""
    table = Table(title=Text(shorten(text, 80)), show_lines=True, expand=True)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("organisation", ratio=2, overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("because", ratio=6)
    for item in items:
        reasons = Text("\n").join(
            Text(f"{quote(match['statement'])} ({match['score']:.2f})")
            for match in item["matches"][:_REASONS]
        )
        table.add_row(
            str(item["rank"]), partner_name(item["partner"]), f"{item['score']:.2f}", reasons
        )
    return table


def partner_name(partner: Mapping[str, Any]) -> Text:
    """Name and id; a `Text`, since names are not markup."""
    names = partner["names"]
    return Text(f"{names.get('zh') or names.get('en')}\n{partner['id']}")


def quote(statement: Mapping[str, Any]) -> str:
    """The statement's text, shortened, or that it is confidential."""
    return shorten(statement["text"], 70) if statement["text"] else "(confidential)"


def shorten(text: str, length: int) -> str:
    """One line of at most that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _direction(direction: Mapping[str, Any]) -> Text:
    answers = [
        f"{quote(answer['need'])}\n → {quote(answer['capability'])} ({answer['score']:.2f})"
        for answer in direction["answers"][:_REASONS]
    ]
    if direction["basis"] != "needs":
        answers.insert(0, "(no needs stated; by related work)")
    return Text("\n".join(answers) or "–")
