"""`python -m benchmarks.allocation`: sharing out beside plain lists, on sets with known answers.

The candidates are rankings of the production engine. Deep ones are best:

    hezuo evaluate DATA/SET --no-baselines --depth 300 --run build/allocation/SET.trec

Where there is none, that of `make quality` is taken, which goes to 100. Without any ranking nothing
is measured, and the page keeps the section that it has.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.allocation_page import write_page
from benchmarks.allocation_sets import JudgedGraph, judged_graph
from services.matcher.domain.allocation.allocate import Strategy, allocate
from services.matcher.domain.allocation.bounds import (
    CONGESTION_PRICE,
    LIST_PLACES,
    Bounds,
    Capacities,
)
from services.matcher.domain.allocation.report import Report, plain, report
from services.matcher.domain.allocation.top_k import TopK
from services.matcher.domain.allocation.transferable import TransferableUtility
from services.matcher.solving.flow import MinCostFlow
from services.matcher.solving.transport import Transport

_ROOT = Path(__file__).parents[1]
_LISTS = (10, 20, 50)
_PRICES = (0.0, 0.0003, 0.001, CONGESTION_PRICE, 0.01, 0.03, 0.1)
_EXPOSURES = (200, 100, 50, 20, 10, 5)
_SLOW_EXPOSURES = (50, 10)
_NOTHING = (
    "sharing out is not measured, and its section of docs/performance.md stays as it is: there is "
    "no ranking below build/. `make quality` makes them, as does the command in this module's head."
)
_THRESHOLD = 1e-4
"""Golden's rankings are of everybody: below it there is no candidate."""


@dataclass(frozen=True)
class Row:
    """One allocation, beside plain lists of the same length."""

    dataset: str
    lists: int
    knob: str
    setting: float | None
    report: Report
    gini_ratio: float
    ndcg: float
    loss: float
    """Of nDCG@10 by what is on record, as a share of that of plain lists."""
    loss_tune: float
    loss_report: float
    seconds: float


def main() -> int:
    """Print, write JSON, plots and the page's section."""
    arguments = _arguments()
    graphs = list(_graphs(arguments))
    if not graphs:
        print(_NOTHING, file=sys.stderr)
        return 0
    rows = [row for graph in graphs for row in _rows(graph, arguments.quick)]
    _print(rows)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps([asdict(row) for row in rows], indent=2), "utf-8")
    if not arguments.no_page:
        write_page(graphs, rows)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.allocation", description=__doc__)
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--runs", type=Path, default=_ROOT / "build")
    parser.add_argument("--json", type=Path, default=_ROOT / "build" / "allocation.json")
    parser.add_argument("--quick", action="store_true", help="without the slow strategy")
    parser.add_argument("--no-page", action="store_true", help="leave docs/performance.md alone")
    return parser.parse_args()


def _graphs(arguments: argparse.Namespace) -> Iterator[JudgedGraph]:
    for name in ("cordis-calls", "golden", "cordis-partners"):
        folder = _ROOT / "data" / name if name == "golden" else arguments.data / name
        runs = [arguments.runs / kind / f"{name}.trec" for kind in ("allocation", "quality")]
        run = next((file for file in runs if file.is_file()), None)
        if folder.is_dir() and run:
            yield judged_graph(folder, run, _THRESHOLD)
        else:
            print(f"{name}: no data set or no ranking, left out", file=sys.stderr)


def _rows(judged: JudgedGraph, quick: bool) -> Iterator[Row]:
    for lists in _LISTS:
        yield from _Beside(judged, lists).rows(quick)


class _Beside:
    """Allocations of one graph with lists of one length, beside the plain one."""

    def __init__(self, judged: JudgedGraph, lists: int) -> None:
        self._judged, self._lists = judged, lists
        self._capacities = Capacities.of(judged.graph, lists=lists)
        self._plain = plain(judged.graph, self._capacities)
        self._figures = report(self._plain)
        self._ndcg = {split: judged.ndcg(self._plain, split) for split in (None, "tune", "report")}

    def rows(self, quick: bool) -> Iterator[Row]:
        yield self._row(TopK(), Bounds(congestion=0.0), "", None)
        for price in _PRICES:
            yield self._row(MinCostFlow(), Bounds(congestion=price), "price", price)
        even = MinCostFlow(attentive=False, name="flow, places alike")
        for price in _PRICES:
            yield self._row(even, Bounds(congestion=price), "price", price)
        hard: list[tuple[Strategy, Sequence[int]]] = [
            (MinCostFlow(name="flow, bound"), _EXPOSURES),
            (TopK(), _EXPOSURES),
            (TransferableUtility(), _EXPOSURES),
        ]
        if not quick and self._lists == LIST_PLACES:
            hard.append((Transport(), _SLOW_EXPOSURES))
        for strategy, exposures in hard:
            for most in exposures:
                bounds = Bounds(exposure=most, congestion=0.0)
                yield self._row(strategy, bounds, "exposure", most)

    def _row(self, strategy: Strategy, bounds: Bounds, knob: str, setting: float | None) -> Row:
        started = time.perf_counter()
        found = allocate(self._judged.graph, self._capacities, bounds, strategy)
        seconds = time.perf_counter() - started
        figures = report(found, self._plain)
        ndcg = {split: self._judged.ndcg(found, split) for split in self._ndcg}
        loss = {split: 1 - ndcg[split] / self._ndcg[split] for split in ndcg}
        before = self._figures.exposure.gini
        return Row(
            self._judged.name,
            self._lists,
            knob,
            setting,
            figures,
            figures.exposure.gini / before if before else 1.0,
            ndcg[None],
            loss[None],
            loss["tune"],
            loss["report"],
            seconds,
        )


def _print(rows: Sequence[Row]) -> None:
    table = Table(title="Sharing out, beside plain lists of the same length")
    heads = ("set", "lists", "strategy", "knob", "Gini", "of plain's", "most", "top 1 %", "shown")
    for head in (*heads, "coverage", "expected", "nDCG@10", "loss", "s"):
        table.add_column(head)
    for row in rows:
        exposure = row.report.exposure
        table.add_row(
            row.dataset,
            str(row.lists),
            row.report.strategy,
            f"{row.knob} {row.setting:g}" if row.setting is not None else "",
            f"{exposure.gini:.3f}",
            f"{row.gini_ratio:.2f}",
            str(exposure.most),
            f"{exposure.top_percent:.2f}",
            f"{exposure.shown}/{exposure.candidates}",
            f"{row.report.coverage_possible:.3f}",
            f"{row.report.expected:.1f}",
            f"{row.ndcg:.4f}",
            f"{row.loss:+.1%}",
            f"{row.seconds:.2f}",
        )
    Console(width=150).print(table)


if __name__ == "__main__":
    sys.exit(main())
