"""The section on sharing out of docs/performance.md."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.allocation_sets import JudgedGraph
from benchmarks.performance_page import PLOTS, measured_with, table, write_section
from benchmarks.svg_plot import Axis, Line, write_plot
from services.matcher.domain.allocation.bounds import CONGESTION_PRICE, LIST_PLACES

if TYPE_CHECKING:
    from benchmarks.allocation import Row

_GINI, _LOSS, _COVERAGE = 0.5, 0.03, 0.95

_HEAD = """## Sharing out

`python -m benchmarks.allocation`. Queries of sets with known answers are the seekers; the \
candidates and their values are the production engine's ranking. Plain lists are everyone's best. \
Gini is that of exposure over all organisations that are anybody's candidate; the loss is of \
nDCG@10 by what is on record, against plain lists of the same length. The price of congestion was \
chosen on the `tune` halves.

| strategy | method |
| --- | --- |
| top_k | everyone's best; with a bound, the most valuable pairs first |
| flow | min-cost flow (OR-tools) with a price that rises with every list one stands in; value \
counts by attention, 1 / place |
| flow, places alike | the same without attention |
| flow, bound | min-cost flow under a hard bound of exposure |
| transferable_utility | Choo and Siow's equilibrium by IPFP, under a hard bound |
| transport | entropic partial optimal transport (POT), under a hard bound |
"""


def write_page(graphs: Sequence[JudgedGraph], rows: Sequence["Row"]) -> None:
    """Tables and plots."""
    lines = [_HEAD, measured_with("hezuo", "ortools", "POT", "numpy"), ""]
    lines += _sets(graphs)
    lines += _default(rows)
    lines += _best(rows)
    lines += _curves(rows)
    write_section("sharing", lines)


def _sets(graphs: Sequence[JudgedGraph]) -> Iterator[str]:
    heads = ["set", "seekers", "candidates", "pairs", "deepest ranking"]
    yield from table(
        heads,
        [[one.name, *map(str, _size(one))] for one in graphs],
    )


def _size(one: JudgedGraph) -> tuple[int, int, int, int]:
    return one.graph.seekers, len(one.organisations), one.graph.edges, one.depth


def _default(rows: Sequence["Row"]) -> Iterator[str]:
    """The product's setting, with the goal."""
    yield f"### The default: flow, price {CONGESTION_PRICE:g}, lists of {LIST_PLACES}"
    yield ""
    yield (
        f"Goal: Gini at most {_GINI:g} of plain lists', loss under {_LOSS:.0%}, coverage at least "
        f"{_COVERAGE:.0%} of those that have a candidate. Shorter lists leave less to share out: "
        "their first places are nearly all there is."
    )
    yield ""
    chosen = [r for r in rows if r.report.strategy == "flow" and r.setting == CONGESTION_PRICE]
    heads = ["set", "lists of", "Gini", "plain", "ratio", "loss", "tune", "report", "coverage"]
    heads += ["shown at all", "plain", "most lists", "plain", "top 1 %", "plain", "expected"]
    heads += ["plain", "goal"]
    yield from table(heads, [_row(row, _plain(rows, row)) for row in chosen])


def _row(row: "Row", beside: "Row") -> list[str]:
    ours, theirs = row.report.exposure, beside.report.exposure
    coverage = row.report.coverage_possible
    reached = row.gini_ratio <= _GINI and row.loss < _LOSS and coverage >= _COVERAGE
    return [
        row.dataset,
        str(row.lists),
        f"{ours.gini:.3f}",
        f"{theirs.gini:.3f}",
        f"{row.gini_ratio:.2f}",
        f"{row.loss:.1%}",
        f"{row.loss_tune:.1%}",
        f"{row.loss_report:.1%}",
        f"{coverage:.1%}",
        f"{ours.shown / ours.candidates:.0%}",
        f"{theirs.shown / theirs.candidates:.0%}",
        str(ours.most),
        str(theirs.most),
        f"{ours.top_percent:.0%}",
        f"{theirs.top_percent:.0%}",
        f"{row.report.expected:.0f}",
        f"{beside.report.expected:.0f}",
        "reached" if reached else "not reached",
    ]


def _best(rows: Sequence["Row"]) -> Iterator[str]:
    yield f"### Strategies: the least Gini at a loss under {_LOSS:.0%}"
    yield ""
    heads = ["strategy", "set", "lists of", "knob", "Gini", "ratio", "loss", "expected", "seconds"]
    found = []
    keys = dict.fromkeys((row.report.strategy, row.dataset, row.lists) for row in rows)
    for key in keys:
        some = [r for r in rows if (r.report.strategy, r.dataset, r.lists) == key]
        kept = [r for r in some if r.loss < _LOSS and r.knob]
        if kept:
            best = min(kept, key=lambda row: row.report.exposure.gini)
            found.append([*map(str, key), *_figures(best)])
        elif any(r.knob for r in some):
            found.append([*map(str, key), "none", "", "", "", "", ""])
    yield from table(heads, found)


def _figures(row: "Row") -> list[str]:
    return [
        f"{row.knob} {row.setting:g}",
        f"{row.report.exposure.gini:.3f}",
        f"{row.gini_ratio:.2f}",
        f"{row.loss:.1%}",
        f"{row.report.expected:.0f}",
        f"{row.seconds:.2f}",
    ]


def _curves(rows: Sequence["Row"]) -> Iterator[str]:
    yield "### Curves over the bound"
    yield ""
    for dataset in dict.fromkeys(row.dataset for row in rows):
        for lists in (10, LIST_PLACES):
            some = [r for r in rows if (r.dataset, r.lists) == (dataset, lists) and r.knob]
            names = dict.fromkeys(row.report.strategy for row in some)
            lines = [
                Line(name, [_point(row) for row in some if row.report.strategy == name])
                for name in names
            ]
            title = f"{dataset}, lists of {lists}: what evenness costs"
            file = PLOTS / f"sharing-{dataset}-{lists}.svg"
            write_plot(file, title, Axis("Gini of exposure"), Axis("loss of nDCG@10, %"), lines)
            yield f"![{title}](performance/{file.name})"
            yield ""


def _point(row: "Row") -> tuple[float, float]:
    return row.report.exposure.gini, 100 * row.loss


def _plain(rows: Sequence["Row"], row: "Row") -> "Row":
    same = (r for r in rows if (r.dataset, r.lists, r.knob) == (row.dataset, row.lists, ""))
    return next(same)
