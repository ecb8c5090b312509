"""Fitting weights and calibration, and judging them on decisions they have not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.calibration import fit_calibration
from services.matcher.domain.calibration_error import (
    expected_calibration_error,
    log_loss,
    ranking_auc,
)
from services.matcher.domain.learning.examples import Example, Table, feature_names, table
from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.domain.learning.logistic import Array, fit_logistic

HELD_OUT = 0.25
LEAST_EXAMPLES = 40
LEAST_OF_EACH = 5
"""Of both outcomes, before anything is fitted, and among the held-out ones."""
STRENGTH = 8.0
"""Precision of the prior on a weight, in units of the feature's deviation: 20 decisions move it a
third of the way, 200 four fifths (a decision at even odds has an information of a quarter)."""
_LEAST_SLOPE = 0.1
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Judged:
    """Figures of a ranking on held-out decisions."""

    log_loss: float
    auc: float
    calibration_error: float


def learn(found: Sequence[Example], *, weights: bool = True) -> LearnedRanking:
    """Of training examples; without `weights` the calibration alone."""
    rows = table(found, feature_names(found))
    plain = _weighted(rows) if weights else LearnedRanking()
    decided = rows.decided
    calibration = fit_calibration(plain.sums(rows)[decided], rows.labels[decided])
    return LearnedRanking(plain.changes, plain.shift, calibration)


def judged(ranking: LearnedRanking, found: Sequence[Example]) -> Judged:
    """Raises ValueError for no examples."""
    rows = table(found, feature_names(found))
    p = ranking.probabilities(rows)
    return Judged(
        log_loss(p, rows.labels),
        ranking_auc(ranking.sums(rows), rows.labels),
        expected_calibration_error(p, rows.labels),
    )


def too_few(found: Sequence[Example], least: int) -> bool:
    """Too few altogether, or of one of the outcomes."""
    good = sum(one.label == 1 for one in found)
    return len(found) < least or min(good, len(found) - good) < LEAST_OF_EACH


def _weighted(rows: Table) -> LearnedRanking:
    """All weights from what speaks of everything, then each from what speaks of it alone.

    A rejection that says nothing of a feature is left out for it: beside approvals that have it,
    it would speak all the same.
    """
    everything: NDArray[np.bool_] = np.asarray(rows.taught.all(axis=1), dtype=bool)
    changes = _changes(rows, rows.raw, everything, np.arange(len(rows.names)))
    for feature in range(len(rows.names)):
        speaking = rows.taught[:, feature]
        if (speaking & ~everything).any():
            sums = rows.raw + rows.values @ changes
            changes = changes + _changes(rows, sums, speaking, np.array([feature]))
    mean = rows.values.mean(axis=0) if len(rows.values) else np.zeros(len(rows.names))
    named = dict(zip(rows.names, changes.tolist(), strict=True))
    return LearnedRanking(named, -float(mean @ changes))


def _changes(
    rows: Table, sums: Array, among: NDArray[np.bool_], features: NDArray[np.intp]
) -> Array:
    """log odds = slope * sum + level + changes, with the changes drawn towards 0; shape (k,)."""
    changes = np.zeros(len(rows.names))
    labels, values = rows.labels[among], rows.values[np.ix_(among, features)]
    if labels.size == 0 or labels.min() == labels.max():
        return changes
    deviation = values.std(axis=0)
    kept = np.flatnonzero(deviation > 0)
    scaled = (values[:, kept] - values[:, kept].mean(axis=0)) / deviation[kept]
    sum_ = sums[among]
    spread = max(float(sum_.std()), _LEAST_SPREAD)
    design = np.column_stack([sum_ / spread, np.ones(len(sum_)), scaled])
    towards = np.concatenate([[spread, 0.0], np.zeros(len(kept))])
    penalty = np.concatenate(
        [[STRENGTH / max(spread, 1.0) ** 2, 0.0], np.full(len(kept), STRENGTH)]
    )
    weights = rows.weights[among]
    found = fit_logistic(design, labels, weights, towards=towards, penalty=penalty)
    slope = max(float(found[0]) / spread, _LEAST_SLOPE)
    changes[features[kept]] = found[2:] / (deviation[kept] * slope)
    return changes
