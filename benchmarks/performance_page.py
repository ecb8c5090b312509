"""docs/performance.md: each benchmark writes the section that is its own, and no other."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PLOTS = PAGE.parent / "performance"

SECTIONS = ("serving", "pages", "embedding", "rematch", "sharing", "plan")
"""In the order of the page."""

_HEAD = """# How fast it is, and how fairly it shares out

Written by `make bench`; not by hand. Every section says what it was measured with and by which
command. Two figures beside each other come from one run on one machine.
"""


def write_section(name: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Replace one section; the others stay as they are."""
    found = _sections(page.read_text("utf-8")) if page.is_file() else {}
    found[name] = "\n".join(lines).strip()
    body = [f"{_mark(one)}\n{found[one]}\n" for one in SECTIONS if one in found]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([_HEAD, *body]), "utf-8")


def measured_with(*parts: str) -> str:
    """Day, machine, versions of `parts`, and how busy the machine was."""
    versions = ", ".join(f"{part} {version(part)}" for part in parts)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Measured on {datetime.now(UTC).date()}, {os.cpu_count()} processor cores, Python "
        f"{platform.python_version()}, {versions}; load of the last 1, 5 and 15 minutes: {load}."
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown, the first column left, the others right; a blank line behind it."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return [f"| {' | '.join(row)} |" for row in (heads, rule, *rows)] + [""]


def _sections(text: str) -> dict[str, str]:
    found = {}
    for name in SECTIONS:
        if _mark(name) in text:
            rest = text.split(_mark(name), 1)[1]
            ends = [rest.index(_mark(other)) for other in SECTIONS if _mark(other) in rest]
            found[name] = rest[: min(ends, default=len(rest))].strip()
    return found


def _mark(name: str) -> str:
    return f"<!-- section: {name} -->"
