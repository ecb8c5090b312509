"""Must-haves that no organisation on the platform answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group
from rich.text import Text

from cli.language import terminal_language
from cli.suggestion_table import quote

_TITLES = {
    "en": "Must-haves that no organisation on the platform answers:",
    "zh": "平台上尚无机构能满足的必备需求:",
}


def unanswered_block(needs: Iterable[Mapping[str, Any]]) -> Group:
    """A line for each, under a title; nothing where all are answered."""
    lines = [Text(f"  ✗ {quote(one['need'])}") for one in needs]
    title = Text(f"\n{_TITLES[terminal_language()]}", style="bold")
    return Group(title, *lines) if lines else Group()
