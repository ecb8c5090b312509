"""What the first pages of a ranking say: how honest their numbers are, and whom they show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.calibration import Calibration, fit_calibration, raw_of
from services.matcher.domain.calibration_error import expected_calibration_error
from services.matcher.domain.insights.inequality import gini
from services.matcher.evaluation.dataset import Dataset
from services.matcher.evaluation.groups import REPORT, TUNE, split_of
from services.matcher.evaluation.run_file import Run

FIRST = 10
"""Organisations: a page."""


@dataclass(frozen=True)
class Pairs:
    """Shown numbers, and whether the pair is on record; both of shape (pairs,)."""

    scores: np.ndarray
    labels: np.ndarray

    @property
    def raw(self) -> np.ndarray:
        """Log odds of the numbers."""
        return np.array([raw_of(float(one)) for one in self.scores])


@dataclass(frozen=True)
class FirstPages:
    """Of the `report` queries; a pair that nobody has put on record counts as none."""

    pairs: int
    shown: float
    """Mean of the numbers."""
    on_record: float
    """Share of the pairs."""
    ece: float
    """Expected calibration error of the numbers as they are, made without labels."""
    learned_by: str
    """How the calibration was made that the `tune` queries' labels give, as decisions do."""
    learned_ece: float
    """Its expected calibration error on the `report` queries."""
    gini: float
    """Of how often organisations stand on these pages; 0 is even."""
    seen: float
    """Share of the organisations that stand on one."""


def first_pages(dataset: Dataset, run: Run) -> FirstPages | None:
    """None where no `report` query has anybody on record."""
    report, tune = _pairs(dataset, run, REPORT), _pairs(dataset, run, TUNE)
    if not len(report.labels) or not ((report.scores >= 0) & (report.scores <= 1)).all():
        return None
    learned = fit_calibration(tune.raw, tune.labels) if len(tune.labels) else Calibration()
    counts = _exposure(dataset, run)
    organisations = len(dataset.corpus.organisations)
    return FirstPages(
        pairs=len(report.labels),
        shown=float(report.scores.mean()),
        on_record=float(report.labels.mean()),
        ece=expected_calibration_error(report.scores, report.labels),
        learned_by=learned.method.value,
        learned_ece=expected_calibration_error(learned.probabilities(report.raw), report.labels),
        gini=gini(counts, organisations),
        seen=len(counts) / organisations,
    )


def _pairs(dataset: Dataset, run: Run, split: str) -> Pairs:
    scores: list[float] = []
    labels: list[float] = []
    for query in dataset.corpus.queries:
        relevant = set(dataset.relevant(query.id))
        if split_of(query) == split and relevant:
            for name, score in run.get(query.id, [])[:FIRST]:
                scores.append(score)
                labels.append(float(name in relevant))
    return Pairs(np.array(scores), np.array(labels))


def _exposure(dataset: Dataset, run: Run) -> Sequence[int]:
    shown = Counter(
        name
        for query in dataset.corpus.queries
        if split_of(query) == REPORT
        for name, _ in run.get(query.id, [])[:FIRST]
    )
    return list(shown.values())
