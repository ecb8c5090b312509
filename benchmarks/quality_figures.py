"""Figures out of the JSON of evaluations, and how they are written."""

from typing import Any

import numpy as np

from services.matcher.evaluation.bootstrap import intervals
from services.matcher.evaluation.significance import paired_p_value

Document = dict[str, Any]

REPORTED = "report"
TUNED = "tune"


def product(document: Document) -> Document:
    """The engine itself."""
    found: Document = document["engines"][0]
    return found


def variants(document: Document) -> list[Document]:
    """The product with other weights."""
    return [one for one in document["engines"][1:] if not one["baseline"]]


def baselines(document: Document) -> list[Document]:
    """Plain rankings of the same run."""
    return [one for one in document["engines"] if one["baseline"]]


def group_of(engine: Document, by: str, name: str) -> Document:
    """Empty where none of its queries was ranked."""
    found = (one for one in engine["groups"] if (one["by"], one["name"]) == (by, name))
    return next(found, {})


def within(engine: Document, split: str, group: str | None = None) -> Document:
    """A split's queries, or a part of them."""
    return group_of(engine, split, group) if group else group_of(engine, "split", split)


def mean(group: Document, metric: str) -> float | None:
    """None where nothing was ranked."""
    return float(group["estimates"][metric]["mean"]) if group else None


def cell(group: Document, metric: str) -> str:
    """`.123 [.100, .150]`."""
    if not group:
        return ""
    one = group["estimates"][metric]
    return f"{short(one['mean'])} [{short(one['low'])}, {short(one['high'])}]"


def short(value: float | None) -> str:
    """`.123`; `-.010`; nothing for None."""
    if value is None:
        return ""
    return f"{value:.3f}".replace("0.", ".", 1)


def change(engine: Document, other: Document, metric: str) -> str:
    """`-.010 [-.020, -.001], p .012`: engine less other over the queries that both ranked."""
    ours, theirs = engine["per_query"], other["per_query"]
    shared = [query for query in ours if query in theirs]
    if not shared:
        return ""
    gaps = np.array([ours[query][metric] - theirs[query][metric] for query in shared])
    found = intervals(gaps[:, None])[0]
    span = f"[{_signed(found.low)}, {_signed(found.high)}]"
    p = paired_p_value(gaps)
    return f"{_signed(found.mean)} {span}, p {'< .001' if p < 0.001 else short(p)}"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1)
