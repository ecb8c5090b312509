"""What is added to the hand-set weights, and the calibration of the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from services.matcher.domain.calibration import PRIOR, Calibration, raw_of
from services.matcher.domain.learning.examples import Table
from services.matcher.domain.learning.logistic import Array
from services.matcher.domain.partner_features import PartnerFeature

EDITION = "2"
"""Of what the sum is made of: raised when it changes, since older decisions then say nothing about
the new one's weights."""


@dataclass(frozen=True)
class LearnedRanking:
    """Changes of weights (per unit of a feature's value) and of the level, then a calibration."""

    changes: Mapping[str, float] = field(default_factory=dict)
    shift: float = 0.0
    """Keeps the mean of the sum where it was."""
    calibration: Calibration = PRIOR

    def sums(self, rows: Table) -> Array:
        """Learned sums, shape (n,)."""
        changes = np.array([self.changes.get(name, 0.0) for name in rows.names])
        return np.asarray(rows.raw + rows.values @ changes + self.shift, dtype=np.float64)

    def probabilities(self, rows: Table) -> Array:
        """What would be shown, shape (n,)."""
        return self.calibration.probabilities(self.sums(rows))

    def score(self, score: float, features: Sequence[PartnerFeature]) -> float:
        """The shown probability of a hand-set score; the score itself where nothing is learned."""
        if not self.changes and self.calibration is PRIOR:
            return score
        added = sum(self.changes.get(one.name, 0.0) * one.value for one in features)
        return self.calibration.probability(raw_of(score) + added + self.shift)

    def features(self, features: Sequence[PartnerFeature]) -> tuple[PartnerFeature, ...]:
        """With what each adds to the learned sum."""
        return tuple(
            replace(
                one, contribution=one.contribution + self.changes.get(one.name, 0.0) * one.value
            )
            for one in features
        )


HAND_SET = LearnedRanking()
