"""The tables of the exact rematch, on the terminal and in docs/performance.md."""

import os
import statistics
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import torch
from rich.console import Console
from rich.table import Table

from benchmarks.performance_page import PLOTS, measured_with, table, write_section
from benchmarks.rematch_retrieval import LIMIT, REACH
from benchmarks.svg_plot import Axis, Line, write_plot

if TYPE_CHECKING:
    from benchmarks.rematch import Measured

_PARTS = ("hezuo", "numpy", "torch", "qdrant-edge-py", "qdrant-client", "scikit-learn")
_RATIO, _TIMES, _LINEAR = 1.5, 10.0, 0.9
Rows = list[list[str]]

_HEAD = """## Rematch of everything, exact

`python -m benchmarks.rematch{option}`. {organisations:,} organisations, {statements:,} statements \
(half needs, half capabilities) of 384 generated numbers. The exact rematch gives everyone's best \
hundred by reciprocal MaxSim: each need's best answer in each organisation, odds added up, both \
directions multiplied. It computes each product of a need and a capability once.
"""

_PROFILE = """**Where the time goes** (profiled with 50,000 statements). First version: 74 % \
product, 9 % maxima and sums by organisation, 8 % exponentials, 7 % the running best, 2 % copies. \
Blocks of 4,096 statements fell out of the cache: the 16-bit product ran at 260 GFLOP/s where \
blocks of 2,048 reach 380. A maximum over groups of columns (`reduceat`) costs 9 ns a cell; with \
each organisation's first, second, third ... statements side by side it is a maximum of whole \
slices, 0.2 ns. Values that cannot come into anyone's best are dropped by one comparison before \
anything is sorted.
"""


def print_tables(measured: "Measured") -> None:
    """All of them."""
    console = Console(width=130)
    for title, heads, rows in _tables(measured):
        shown = Table(title=title)
        for head in heads:
            shown.add_column(head)
        for row in rows:
            shown.add_row(*row)
        console.print(shown)
    console.print(f"{measured.seconds:.0f} s in all; load {os.getloadavg()[0]:.1f}")


def write_page(measured: "Measured") -> None:
    """The section and its plots."""
    size = measured.size
    lines = [
        _HEAD.format(
            option=f" {size.option}" if size.option else "",
            organisations=size.organisations,
            statements=size.statements,
        )
    ]
    lines += [measured_with(*_PARTS), ""]
    for title, heads, rows in _tables(measured):
        lines += [f"### {title}", "", *table(heads, rows)]
    lines += _plots(measured)
    lines += [_PROFILE, _gpu()]
    write_section("rematch", lines)


def _tables(measured: "Measured") -> Iterator[tuple[str, Sequence[str], Rows]]:
    beside = ["path", "median s", "least and most s", "GFLOP/s", "of BLAS", "reach", "memory MB"]
    yield "Beside one bare BLAS product of the same shapes", beside, _side_by_side(measured)
    heads = ["instead", "seconds", "times exact", "reach", "asked", "how"]
    yield "Beside what one would pick instead", heads, _rivals(measured)
    heads = ["way", "ms a query", f"recall@{LIMIT}", "note"]
    yield f"Nearest statements at recall@{LIMIT} of at least {REACH}", heads, _retrieval(measured)
    yield "Growth", ["statements", "seconds", "µs a statement"], _growth(measured)
    heads = ["workers of one thread", "seconds", "of linear", "reach"]
    yield f"Workers, {measured.size.scaled:,} statements", heads, _scaling(measured)


def _side_by_side(measured: "Measured") -> Rows:
    blas = statistics.median(measured.side_by_side[0].seconds)
    rows = []
    for one in measured.side_by_side:
        middle = statistics.median(one.seconds)
        bare = one.name.startswith("bare")
        rows.append(
            [
                one.name if bare else f"exact, {one.name}",
                f"{middle:.2f}",
                f"{min(one.seconds):.2f} to {max(one.seconds):.2f}",
                f"{measured.gigaflops / middle:.0f}",
                f"{middle / blas:.2f}",
                "" if bare else _reached(middle / blas <= _RATIO, f"<= {_RATIO}"),
                "" if one.megabytes is None else f"{one.megabytes:.0f}",
            ]
        )
    kept = f"{measured.agreement:.4f}"
    rows.append([f"best 50 of float32 that bf16 finds: {kept}", "", "", "", "", "", ""])
    return rows


def _rivals(measured: "Measured") -> Rows:
    exact = _best(measured)
    rows = [["exact, torch bf16", f"{exact:.1f}", "1", "", "all", "both directions joined"]]
    for one in measured.rivals:
        times = one.seconds / exact
        reached = _reached(times >= _TIMES, f">= {_TIMES:g}")
        asked = f"{one.sampled:,} of {one.statements:,}"
        rows.append([one.name, f"{one.seconds:.0f}", f"{times:.1f}", reached, asked, one.note])
    rows.append([f"(pgvector built HNSW in {measured.hnsw_build_seconds:.0f} s)"] + [""] * 5)
    return rows


def _retrieval(measured: "Measured") -> Rows:
    each = 1000 * _best(measured) / measured.size.statements
    rows = [["exact rematch, its share", f"{each:.3f}", f"{measured.agreement:.3f}", "bf16"]]
    rows += [
        [one.name, f"{one.milliseconds:.2f}", f"{one.recall:.3f}", one.note]
        for one in measured.retrieval
    ]
    return rows


def _growth(measured: "Measured") -> Rows:
    rows = [[f"{n:,}", f"{s:.3f}", f"{s / n * 1e6:.1f}"] for n, s in measured.growth]
    size, seconds = measured.growth[-1]
    rows.append([f"fits N^{measured.exponent:.2f} (reach N^2)", "", ""])
    rows.append([f"constant of N^2: {seconds / size**2 * 1e9:.2f} ns a pair", "", ""])
    return rows


def _scaling(measured: "Measured") -> Rows:
    one = measured.scaling[1]
    return [
        [
            str(count),
            f"{seconds:.2f}",
            f"{one / seconds / count:.2f}",
            "" if count == 1 else _reached(one / seconds / count >= _LINEAR, f">= {_LINEAR}"),
        ]
        for count, seconds in measured.scaling.items()
    ]


def _plots(measured: "Measured") -> list[str]:
    constant = measured.growth[-1]
    square = [(n, constant[1] * (n / constant[0]) ** 2) for n, _ in measured.growth]
    title = "Exact rematch: seconds over statements"
    write_plot(
        PLOTS / "rematch-growth.svg",
        title,
        Axis("statements", log=True),
        Axis("seconds", log=True),
        [Line("measured", measured.growth), Line("N squared", square)],
    )
    return [f"![{title}](performance/rematch-growth.svg)", ""]


def _gpu() -> str:
    there = torch.cuda.is_available()
    return "" if there else "On a GPU: not run, there was none. The same code takes `cuda`."


def _best(measured: "Measured") -> float:
    found = next(one for one in measured.side_by_side if one.name == "torch bf16")
    return statistics.median(found.seconds)


def _reached(yes: bool, reach: str) -> str:
    return f"{reach}: {'reached' if yes else 'NOT reached'}"
