"""Vague and clear needs, and how well a score tells them apart."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shared.contracts.organisation import Language

QUALITY = Path(__file__).parents[1] / "quality"
Need = tuple[Language, str]


def written(name: str, split: str) -> list[Need]:
    """`vague` or `clear`, of one split."""
    lines = (QUALITY / "clarity" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [(row["language"], row["text"]) for row in rows if row["split"] == split]


def golden_needs(split: str) -> list[Need]:
    """Needs of the golden set's queries of one split."""
    golden = Path(__file__).parents[2] / "data" / "golden"
    organisations = {one["id"]: one for one in _lines(golden / "organisations.jsonl")}
    found: list[Need] = []
    for query in _lines(golden / "queries.jsonl"):
        if query["split"] == split and "text" in query:
            found.append((query["lang"], query["text"]))
        elif query["split"] == split:
            needs = organisations[query["organisation"]]["needs"]
            found += [(need["lang"], need["text"]) for need in needs]
    return found


def area(clear: Sequence[float], vague: Sequence[float]) -> float:
    """Under the ROC curve: how often a clear one scores above a vague one; ties count half."""
    wins = sum((c > v) + 0.5 * (c == v) for c in clear for v in vague)
    return wins / (len(clear) * len(vague))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
