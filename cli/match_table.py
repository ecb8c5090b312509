"""Matches as rows and as a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from cli.output import minute

COLUMNS = ("id", "state", "score", "first", "second", "since", "assignee", "flags")


def match_row(match: Mapping[str, Any]) -> tuple[object, ...]:
    """One row of the queue."""
    first, second = (name_of(side) for side in match["organisations"])
    score = "" if match["score"] is None else f"{match['score']:.2f}"
    state = f"{match['state']} ({match['outcome']})" if match["outcome"] else match["state"]
    flags = ", ".join(match["flags"])
    return (
        match["id"],
        state,
        score,
        first,
        second,
        minute(match["since"]),
        match["assignee"],
        flags,
    )


def match_page(match: Mapping[str, Any]) -> Iterator[str]:
    """The document, line by line."""
    one, other = match["sides"]
    yield f"{name_of(one)}  ⇄  {name_of(other)}"
    score = "" if match["score"] is None else f", {match['score']:.2f}"
    yield f"{match['state']}{score}, version {match['version']}, since {minute(match['since'])}"
    for side in (one, other):
        yield f"  {side['id']}: {side['answer']}{_reasons(side['reasons'])}"
        yield from _receives(side)
    for code in match["flags"]:
        yield f"  ! {code}"
    for step in match["history"]:
        who = f" ({step['by']})" if step["by"] else ""
        yield f"  {minute(step['at'])} {step['change']}{who}{_reasons(step['reasons'])}"
    if match["allowed"]:
        yield f"  → {', '.join(match['allowed'])}"


def name_of(side: Mapping[str, Any]) -> str:
    """As short as it can be told."""
    names = side.get("names") or {}
    return str(names.get("zh") or names.get("en") or side["id"])


def _receives(side: Mapping[str, Any]) -> Iterator[str]:
    for answer in (side["receives"] or {}).get("answers", ()):
        need, capability = answer["need"]["text"], answer["capability"]["text"]
        yield f"    {answer['score']:.2f}  {need or '—'}  ←  {capability or '—'}"


def _reasons(codes: list[str]) -> str:
    return f" [{', '.join(codes)}]" if codes else ""
