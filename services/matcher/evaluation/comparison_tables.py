"""Comparisons as tables for a terminal."""

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text

from services.matcher.evaluation.compare import Comparison, Moved

SHOWN = 10
_TEXT = 70


def comparison_tables(
    one: Comparison, texts: Mapping[str, str] | None = None, most: int | None = SHOWN
) -> Iterator[Table]:
    """The metrics, then the queries that moved most, or all of them for None.

    `texts` says what a query asks.
    """
    yield _metrics(one)
    if one.better:
        yield _moved(f"better: {len(one.better)} queries", one.better, texts or {}, most)
    if one.worse:
        yield _moved(f"worse: {len(one.worse)} queries", one.worse, texts or {}, most)


def _metrics(one: Comparison) -> Table:
    title = (
        f"A = {one.a}, B = {one.b}: {one.queries} queries by {one.metric}, "
        f"{len(one.better)} better, {len(one.worse)} worse, {one.same} the same"
    )
    alone = len(one.only_a) + len(one.only_b)
    if alone:
        title += f"; {alone} left out that only one side has"
    table = Table(title=Text(title), title_justify="left")
    for column in ("metric", "A", "B", "B - A", "95 % interval", "p"):
        table.add_column(column, justify="left" if column == "metric" else "right")
    for row in one.differences:
        table.add_row(
            row.metric,
            f"{row.a:.3f}",
            f"{row.b:.3f}",
            f"{row.change.mean:+.3f}",
            Text(f"[{row.change.low:+.3f}, {row.change.high:+.3f}]"),
            f"{row.p:.4f}",
        )
    return table


def _moved(
    title: str, queries: tuple[Moved, ...], texts: Mapping[str, str], most: int | None
) -> Table:
    first = f", the first {most}" if most is not None and len(queries) > most else ""
    table = Table(title=Text(f"{title}{first}"), title_justify="left")
    for column in ("query", "A", "B", "asks"):
        table.add_column(column, overflow="fold")
    for one in queries[:most]:
        asked = Text(texts.get(one.query, "")[:_TEXT])
        table.add_row(Text(one.query), f"{one.a:.3f}", f"{one.b:.3f}", asked)
    return table
