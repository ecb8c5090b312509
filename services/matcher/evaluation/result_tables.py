"""Evaluations as tables for a terminal."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from services.matcher.evaluation.bootstrap import Estimate
from services.matcher.evaluation.metrics import METRICS
from services.matcher.evaluation.results import EngineResult, Evaluation, GroupResult

_TITLES = {
    "all": "all queries",
    "split": "split",
    "kind": "query kind",
    "languages": "languages (query-answer)",
}


def result_tables(evaluation: Evaluation) -> Iterator[Table]:
    """One table for all queries, then one for each group that is not all of them."""
    for by, name in _groups(evaluation):
        yield _table(evaluation, by, name)


def _groups(evaluation: Evaluation) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], int] = {}
    for engine in evaluation.engines:
        for one in engine.groups:
            found[one.by, one.name] = max(one.queries, found.get((one.by, one.name), 0))
    everything = max(found.values(), default=0)
    return [key for key, count in found.items() if key[0] == "all" or count < everything]


def _table(evaluation: Evaluation, by: str, name: str) -> Table:
    what = _TITLES[by] if by == "all" else f"{_TITLES[by]}: {name}"
    table = Table(title=Text(f"{evaluation.dataset}, {what}"), title_justify="left")
    table.add_column("ranking", overflow="fold")
    table.add_column("queries", justify="right")
    for metric in METRICS:
        table.add_column(metric, justify="right", no_wrap=True)
    for engine in evaluation.engines:
        group = engine.group(name, by)
        if group is not None:
            table.add_row(*_row(engine, group), style="" if engine.baseline else "bold")
    return table


def _row(engine: EngineResult, group: GroupResult) -> list[Text]:
    cells = [_cell(group.estimates[metric]) for metric in METRICS]
    return [Text(engine.name), Text(str(group.queries)), *cells]


def _cell(one: Estimate) -> Text:
    return Text(f"{_short(one.mean)} [{_short(one.low)}, {_short(one.high)}]")


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
