"""The serving section of docs/performance.md, and the same tables on the terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.performance_page import PLOTS, table, write_section
from benchmarks.serving import growth, memory
from benchmarks.serving.findings import FINDINGS
from benchmarks.serving.many_clients import CLIENTS
from benchmarks.serving.writes import RATE
from benchmarks.svg_plot import Axis, Line, write_plot

_P50 = {"search": 1.3, "suggestions": 2.0}
_P99 = {"search": 3.0, "suggestions": 5.0}
_CLIENTS, _WRITES_MS, _BULK = 0.6, 1000, 0.9
Figures = dict[str, Any]
Titled = tuple[str, str, Sequence[str], list[list[str]]]
"""Title, with what it was measured, heads, rows."""

_HEAD = """## Serving at {statements:,} statements

`python -m benchmarks.serving{option}`. {organisations:,} generated organisations with three \
capabilities and two needs each, in the platform as `hezuo up` starts it, asked through the \
gateway. The vectors of their statements are generated: the sum of those of a statement's four \
parts, which are embedded, moved a little. They are put into the embedding store beforehand, under \
the keys of the texts, so that loading embeds nothing ({load:.0f} s for the last step). The texts \
of searches and of written profiles are new and are embedded for real ({model}). The bare index is \
one Qdrant Edge shard with the same vectors and nothing else, asked without a filter for 100 \
neighbours; the two sides take turns in one run. Everything, the asking process too, shares the \
cores.
"""


def print_tables(figures: Figures) -> None:
    """All of them."""
    console = Console(width=130)
    for title, _, heads, rows in _tables(figures):
        shown = Table(title=title)
        for head in heads:
            shown.add_column(head)
        for row in rows:
            shown.add_row(*row)
        console.print(shown)


def write_page(figures: Figures) -> None:
    """The section and its plots."""
    option = "" if figures["size"] == "full" else " --quick"
    head = _HEAD.format(**{**figures, "option": option, "load": figures["load_seconds"]})
    lines = [head]
    for title, measured, heads, rows in _tables(figures):
        lines += [f"### {title}", "", measured, "", *table(heads, rows)]
    lines += [*_plots(figures), FINDINGS]
    write_section("serving", lines)


def _tables(figures: Figures) -> Iterator[Titled]:
    heads = ["path", "ours ms", "5-95 %", "bare ms", "5-95 %", "ratio", "reach"]
    if part := figures.get("latency"):
        rows = [row for one in part["figures"] for row in _latency(one)]
        yield "One client, one request after the other", part["measured"], heads, rows
    if part := figures.get("clients"):
        clients = ["path", "answers/s", "bare, one client", "ratio", "reach", "p50 ms", "p99 ms"]
        rows = [_sustained(one) for one in part["figures"]]
        title = f"{CLIENTS} clients at once, in one more process on the same cores"
        yield title, part["measured"], [*clients, "errors"], rows
    if part := figures.get("bulk"):
        rows = [_bulk(part["figures"])]
        heads_bulk = ["path", "statements/s", "5-95 %", "bare encoder", "ratio", "reach"]
        yield "Written in bulk, until searchable", part["measured"], heads_bulk, rows
    if part := figures.get("writes"):
        title = f"Written one at a time, {RATE} a second, until searchable"
        yield title, part["measured"], heads, _written(part["figures"])
    if part := figures.get("memory"):
        rows = _memory(part["figures"])
        yield "Resident memory", part["measured"], ["what", "MB", "ratio", "reach"], rows
    if part := figures.get("growth"):
        sizes = ["statements", "search ms", "bare ms", "ratio", "suggestions ms", "bare ms"]
        rows = _growth(part["figures"])
        yield "Growth, medians", part["measured"], [*sizes, "ratio"], rows


def _latency(one: Figures) -> Iterator[list[str]]:
    name = one["name"]
    for share, most in (("p50", _P50[name]), ("p99", _P99[name])):
        ratio = one[f"ratio_{share}"]
        wide = share == "p50"
        yield [
            f"{name}, {share}",
            f"{one[f'ours_{share}']:.1f}",
            one["ours_spread"] if wide else "",
            f"{one[f'bare_{share}']:.1f}",
            one["bare_spread"] if wide else "",
            f"{ratio:.2f}",
            reached(ratio <= most, f"<= {most:g}"),
        ]


def _sustained(one: Figures) -> list[str]:
    well = one["ratio"] >= _CLIENTS and not one["errors"]
    return [
        one["name"],
        f"{one['rate']:.1f}",
        f"{one['single_rate']:.1f}",
        f"{one['ratio']:.2f}",
        reached(well, f">= {_CLIENTS:g}, no errors"),
        f"{one['p50']:.0f}",
        f"{one['p99']:.0f}",
        str(one["errors"]),
    ]


def _bulk(one: Figures) -> list[str]:
    return [
        one["path"],
        f"{one['ours']:.1f}",
        one["spread"],
        f"{one['bare']:.1f}",
        f"{one['ratio']:.2f}",
        reached(one["ratio"] >= _BULK, f">= {_BULK:g}"),
    ]


def _written(one: Figures) -> list[list[str]]:
    spreads = (one["ours_spread"], one["bare_spread"])
    return [
        [
            f"{share} of {one['writes']}",
            f"{one[f'ours_{share}']:.0f}",
            ours,
            f"{one[f'bare_{share}']:.0f}",
            bare,
            f"{one[f'ours_{share}'] / one[f'bare_{share}']:.1f}",
            reached(one["ours_p95"] < _WRITES_MS, "p95 < 1 s") if share == "p95" else "",
        ]
        for share, ours, bare in (("p50", *spreads), ("p95", "", ""))
    ]


def _memory(one: Figures) -> list[list[str]]:
    reach = reached(one["ratio"] <= memory.REACH, f"<= {memory.REACH:g}")
    rows = [
        ["the vectors' bytes, one a statement", f"{one['vectors']:.0f}", "", ""],
        ["a process with the model alone", f"{one['model']:.0f}", "", ""],
        ["matcher, of both", f"{one['matcher']:.0f}", f"{one['ratio']:.2f}", reach],
    ]
    others = [name for name in one["parts"] if name != "matcher"]
    return [*rows, *([name, f"{one['parts'][name]:.0f}", "", ""] for name in others)]


def _growth(one: Figures) -> list[list[str]]:
    rows = [
        [
            f"{step['statements']:,}",
            f"{step['search']:.1f}",
            f"{step['bare_search']:.1f}",
            f"{step['search'] / step['bare_search']:.2f}",
            f"{step['suggestions']:.1f}",
            f"{step['bare_suggestions']:.1f}",
            f"{step['suggestions'] / step['bare_suggestions']:.2f}",
        ]
        for step in one["steps"]
    ]
    reach = reached(one["suggestions"] <= growth.REACH, f"<= {growth.REACH:g}")
    fits = f"fits N^{one['search']:.2f}"
    return [*rows, ["power of N", fits, "", "", f"N^{one['suggestions']:.2f}, {reach}", "", ""]]


def _plots(figures: Figures) -> list[str]:
    if "growth" not in figures:
        return []
    steps = figures["growth"]["figures"]["steps"]
    sizes = Axis("statements", log=True)

    def line(name: str, value: str, beside: str | None = None) -> Line:
        points = [(s["statements"], s[value] / (s[beside] if beside else 1)) for s in steps]
        return Line(name, points)

    first = steps[0]
    limit = [
        (s["statements"], first["suggestions"] * (s["statements"] / first["statements"]) ** 0.5)
        for s in steps
    ]
    write_plot(
        PLOTS / "serving-growth.svg",
        "Answers through the gateway: milliseconds over statements",
        sizes,
        Axis("milliseconds, median", log=True),
        [
            line("search", "search"),
            line("bare search", "bare_search"),
            line("suggestions", "suggestions"),
            line("bare suggestions", "bare_suggestions"),
            Line("suggestions' reach", limit),
        ],
    )
    write_plot(
        PLOTS / "serving-ratio.svg",
        "Answers through the gateway: times the bare parts",
        sizes,
        Axis("ratio of medians"),
        [
            line("search", "search", "bare_search"),
            Line("search's reach", [(s["statements"], _P50["search"]) for s in steps]),
            line("suggestions", "suggestions", "bare_suggestions"),
            Line("suggestions' reach", [(s["statements"], _P50["suggestions"]) for s in steps]),
        ],
    )
    return [
        "![Milliseconds over statements](performance/serving-growth.svg)",
        "",
        "![Times the bare parts](performance/serving-ratio.svg)",
        "",
    ]


def reached(yes: bool, reach: str) -> str:
    """In words, as in the other sections."""
    return f"{reach}: {'reached' if yes else 'NOT reached'}"
