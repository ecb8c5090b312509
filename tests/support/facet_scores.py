"""How well facets are read, against labelled sentences.

A label is the shortest span that says the facet. A reading is right when it holds the label, or is
at least half of it. `said` asks less: whether the facet was found where there is one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.facets.reader import read_facets
from shared.facets.rules import Facet
from shared.facets.vocabulary import taxonomy_vocabulary

SENTENCES = Path(__file__).parents[1] / "quality" / "facets" / "sentences.jsonl"


@dataclass(frozen=True)
class Counted:
    """Readings that are right, readings, and labels; and labels that found any reading."""

    right: int
    read: int
    labelled: int
    said: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def said_precision(self) -> float:
        return self.said / self.read if self.read else 1.0

    @property
    def said_recall(self) -> float:
        return self.said / self.labelled if self.labelled else 1.0


def sentences(**wanted: str) -> list[dict[str, Any]]:
    """Those with these values, such as split="report"."""
    rows = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def counted(rows: Sequence[dict[str, Any]], facets: Iterable[Facet] = Facet) -> Counted:
    right = read = labelled = said = 0
    words = taxonomy_vocabulary()
    for row in rows:
        found = {
            one.facet: one.text for one in read_facets(row["text"], row["language"], None, words)
        }
        for facet in facets:
            label, reading = row["facets"].get(facet.value), found.get(facet)
            read += reading is not None
            labelled += label is not None
            if label and reading:
                said += 1
                right += _agree(label.lower(), reading.lower())
    return Counted(right, read, labelled, said)


def _agree(label: str, reading: str) -> bool:
    return label in reading or (reading in label and len(reading) >= len(label) / 2)


def table(split: str) -> str:
    """Figures per language and facet, as text."""
    lines = [f"{split:<14}        precision recall   said: precision recall   labels"]
    for language in ("zh", "en"):
        rows = sentences(split=split, language=language)
        for name, facets in [*((one.value, (one,)) for one in Facet), ("all", tuple(Facet))]:
            c = counted(rows, facets)
            lines.append(
                f"{language} {name:<18} {c.precision:9.2f} {c.recall:6.2f}   "
                f"{c.said_precision:15.2f} {c.said_recall:6.2f}   {c.labelled:6}"
            )
    return "\n".join(lines)
