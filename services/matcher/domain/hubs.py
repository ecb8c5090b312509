"""How near a statement is to the platform's needs at large.

A statement that is near to every need says little by being near to one: its level is measured
against a sample of needs that are kept with the statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.language_correction import Correction, CorrectionStatistics, Vectors
from services.matcher.domain.pooling import hub_level
from services.matcher.domain.ranking_weights import WEIGHTS
from shared.contracts.organisation import Side


@dataclass(frozen=True)
class NeedLevels:
    """Corrected samples of needs, one of each language that has enough; each of shape
    (needs, dimension)."""

    samples: tuple[Vectors, ...]

    @classmethod
    def of(cls, statistics: CorrectionStatistics, correction: Correction) -> "NeedLevels":
        """From the needs that the statistics keep."""
        samples = statistics.needs.values()
        return cls(tuple(correction.apply(one, Side.NEED) for one in samples))

    def hub(self, whole: Vectors, windows: Sequence[Vectors]) -> float:
        """Mean over the needs' languages; 0 where there are too few needs."""
        if not self.samples:
            return 0.0
        return float(np.mean([_level(sample, whole, windows) for sample in self.samples]))


def _level(needs: Vectors, whole: Vectors, windows: Sequence[Vectors]) -> float:
    similarity = needs @ whole
    if windows:
        best = (needs @ np.stack(windows).T).max(axis=1)
        similarity = (1 - WEIGHTS.window) * similarity + WEIGHTS.window * best
    return float(hub_level(similarity[:, None].astype(np.float64))[0])
