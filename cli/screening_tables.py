"""What `hezuo screening evaluate` prints."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from cli.output import plain_table
from shared.screening.evaluation import Counts, Figures

_COLUMNS = ("rule", "to find", "recall", "held", "precision", "missed", "wrong")


def figures_table(figures: Figures) -> Table:
    """A row for each rule, and one for what is held by whatever rule.

    `held`: the share of a rule's sentences that is kept from others, by it or by a sibling rule.
    """
    rows = [_row(rule, counts) for rule, counts in figures.by_rule.items()]
    return plain_table(_COLUMNS, [*rows, _row("held by any", figures.held)])


def figures_json(figures: Figures) -> dict[str, Any]:
    """The same for machines, with the ids of what was missed or wrong."""
    named: Mapping[str, Counts] = {**figures.by_rule, "held by any": figures.held}
    return {
        "sentences": figures.sentences,
        "rules": {
            name: {
                "recall": counts.recall,
                "held": counts.held,
                "precision": counts.precision,
                "found": counts.found,
                "missed": counts.missed,
                "wrong": counts.wrong,
            }
            for name, counts in named.items()
        },
    }


def _row(name: str, counts: Counts) -> tuple[object, ...]:
    wanted = counts.found + len(counts.missed)
    shown = (
        "-" if share is None else f"{share:.3f}"
        for share in (counts.recall, counts.held, counts.precision)
    )
    return (name, wanted, *shown, len(counts.missed), len(counts.wrong))
