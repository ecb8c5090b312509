"""How well drafts are made: precision and recall over the labelled texts.

python -m tests.support.draft_scores          # both halves, with what went wrong on `tune`
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.gateway.drafts.drafting import draft_profile
from services.gateway.drafts.fields import field_words
from services.gateway.drafts.plain_text import read_text
from services.gateway.drafts.web_page import read_page
from services.gateway.taxonomy import load_taxonomy
from shared.contracts.organisation import Side
from shared.contracts.profile_drafts import DraftSource, StatementDraft
from shared.facets.vocabulary import taxonomy_vocabulary

TEXTS = Path(__file__).parents[1] / "quality" / "drafts" / "texts.jsonl"
MOST_IN_ONE = 2
"""Statements that one draft may hold and still be right."""


@dataclass
class Score:
    """Counts over some texts."""

    drafts: int = 0
    right: int = 0
    stated: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of drafts that are right."""
        return self.right / self.drafts if self.drafts else 1.0

    @property
    def recall(self) -> float:
        """Share of statements that a right draft holds."""
        return self.found / self.stated if self.stated else 1.0


def texts(split: str, language: str | None = None) -> list[dict[str, Any]]:
    """The labelled texts of one half."""
    rows = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    return [one for one in rows if one["split"] == split and language in (None, one["language"])]


def drafts_of(row: dict[str, Any]) -> Sequence[StatementDraft]:
    """As the platform makes them."""
    page = row["shape"] == "html"
    source = read_page(row["text"].encode()) if page else read_text(row["text"])
    known = field_words(load_taxonomy().fields)
    return draft_profile(source, DraftSource.TEXT, known, taxonomy_vocabulary()).drafts


def score(rows: Iterable[dict[str, Any]]) -> Score:
    """Over all of them."""
    total = Score()
    for row in rows:
        _add(total, row, drafts_of(row))
    return total


def _add(total: Score, row: dict[str, Any], drafts: Sequence[StatementDraft]) -> None:
    wanted = {Side.CAPABILITY: row["capabilities"], Side.NEED: row["needs"]}
    found: set[str] = set()
    for draft in drafts:
        held = {side: [one for one in wanted[side] if one in draft.text] for side in Side}
        own, other = held[draft.side], held[_other(draft.side)]
        total.drafts += 1
        if own and not other and len(own) <= MOST_IN_ONE:
            total.right += 1
            found.update(own)
        else:
            total.wrong.append(f"{row['id']} {draft.side} ({draft.cue}): {draft.text}")
    stated = [*row["capabilities"], *row["needs"]]
    total.stated += len(stated)
    total.found += len(found)
    total.wrong += [f"{row['id']} missing: {one}" for one in stated if one not in found]


def _other(side: Side) -> Side:
    return Side.NEED if side is Side.CAPABILITY else Side.CAPABILITY


def main() -> None:
    """Print the table; what went wrong is shown for the half that rules are made on."""
    for split in ("tune", "report"):
        for language in ("zh", "en"):
            one = score(texts(split, language))
            print(
                f"{split:7}{language}  drafts {one.drafts:3}  precision {one.precision:.2f}"
                f"  statements {one.stated:3}  recall {one.recall:.2f}"
            )
            if split == "tune" or "--all" in sys.argv:
                print(*(f"    {line}" for line in one.wrong), sep="\n")


if __name__ == "__main__":
    main()
