"""Learned rankings as plain values, and back."""

from dataclasses import asdict
from typing import Any

from services.matcher.domain.calibration import Calibration, Method
from services.matcher.domain.learning.learned_ranking import LearnedRanking


def to_document(ranking: LearnedRanking) -> dict[str, Any]:
    """What JSON holds."""
    return {
        "changes": dict(ranking.changes),
        "shift": ranking.shift,
        "calibration": asdict(ranking.calibration),
    }


def from_document(document: dict[str, Any]) -> LearnedRanking:
    """Raises KeyError or ValueError for what `to_document` has not made."""
    kept = document["calibration"]
    return LearnedRanking(
        changes={name: float(change) for name, change in document["changes"].items()},
        shift=float(document["shift"]),
        calibration=Calibration(
            Method(kept["method"]),
            kept["slope"],
            kept["intercept"],
            tuple(kept["knots"]),
            tuple(kept["values"]),
        ),
    )
