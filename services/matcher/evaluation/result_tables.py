"""Evaluations as tables for a terminal of 80 columns."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from services.matcher.evaluation.bootstrap import Estimate
from services.matcher.evaluation.first_pages import FIRST
from services.matcher.evaluation.metrics import METRICS
from services.matcher.evaluation.results import EngineResult, Evaluation, GroupResult

_TITLES = {
    "all": "all queries",
    "split": "split",
    "kind": "query kind",
    "languages": "languages (query-answer)",
}
_WITHIN = {"split", "kind", "languages"}


def result_tables(evaluation: Evaluation) -> Iterator[Table]:
    """One table for all queries, then one for each group; a group of all is named in the first.

    The report split's own kinds and languages are in the JSON only. Below each mean stands its
    95 % interval.
    """
    counts = _counts(evaluation)
    everything = max(counts.values(), default=0)
    whole = [n for (by, n), many in counts.items() if by in _WITHIN and many == everything]
    for (by, name), count in counts.items():
        if by == "all":
            suffix = f" ({'; '.join(whole)})" if whole else ""
            yield _table(evaluation, by, name, f"{_TITLES[by]}{suffix}", count)
        elif by in _TITLES and count < everything:
            yield _table(evaluation, by, name, f"{_TITLES[by]}: {name}", count)
    if any(one.first_pages for one in evaluation.engines):
        yield _first_pages(evaluation)


def _first_pages(evaluation: Evaluation) -> Table:
    """ECE: of the numbers as they are, and calibrated on the labels of the `tune` queries."""
    title = Text(f"{evaluation.dataset}, first {FIRST} of each report query", "bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=0)
    table.add_column("ranking", overflow="fold", min_width=17)
    for name in ("shown", "record", "ECE", "ECE learned", "Gini", "seen"):
        table.add_column(name, justify="right", no_wrap=True)
    for engine in evaluation.engines:
        if one := engine.first_pages:
            figures = (one.shown, one.on_record, one.ece, one.learned_ece, one.gini, one.seen)
            table.add_row(engine.name, *map(_short, figures))
    return table


def _counts(evaluation: Evaluation) -> dict[tuple[str, str], int]:
    """Queries of each group: those of the ranking that applies to most."""
    found: dict[tuple[str, str], int] = {}
    for engine in evaluation.engines:
        for one in engine.groups:
            found[one.by, one.name] = max(one.queries, found.get((one.by, one.name), 0))
    return found


def _table(evaluation: Evaluation, by: str, name: str, what: str, count: int) -> Table:
    title = Text(f"{evaluation.dataset}, {what}: {count} queries", "bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=0)
    table.add_column("ranking", overflow="fold", min_width=17)
    for metric in METRICS:
        table.add_column(metric, justify="right", no_wrap=True)
    for engine in evaluation.engines:
        group = engine.group(name, by)
        if group is not None:
            table.add_row(*_row(engine, group, count), style="" if engine.baseline else "bold")
    return table


def _row(engine: EngineResult, group: GroupResult, count: int) -> list[Text]:
    fewer = "" if group.queries == count else f"\n({group.queries} queries)"
    cells = [_cell(group.estimates[metric]) for metric in METRICS]
    return [Text(f"{engine.name}{fewer}"), *cells]


def _cell(one: Estimate) -> Text:
    interval = f"[{_short(one.low)},{_short(one.high)}]"
    return Text.assemble(_short(one.mean), "\n", (interval, "dim not bold"))


def _short(value: float) -> str:
    """Four characters: .123, 1.00."""
    return f"{value:.3f}".removeprefix("0")[:4]
