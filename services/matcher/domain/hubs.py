"""How near a statement is to the platform's needs at large.

A statement that is near to every need says little by being near to one: its level is measured
against a sample of the needs, which the statistics name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.language_correction import Correction, Vectors
from services.matcher.domain.pooling import Floats, hub_level
from services.matcher.domain.ranking_weights import HUB_NEEDS, WEIGHTS
from shared.contracts.organisation import Language, Side


@dataclass(frozen=True)
class NeedLevels:
    """Corrected samples of needs, one of each language that has enough; each of shape
    (needs, dimension)."""

    samples: tuple[Vectors, ...]

    @classmethod
    def of(cls, needs: Mapping[Language, Vectors], correction: Correction) -> "NeedLevels":
        """From uncorrected vectors of needs; languages of which too few are left do not count."""
        enough = [one for one in needs.values() if len(one) >= HUB_NEEDS]
        return cls(tuple(correction.apply(one, Side.NEED) for one in enough))

    def hub(self, whole: Vectors, windows: Sequence[Vectors]) -> float:
        """Mean over the needs' languages; 0 where there are too few needs."""
        if not self.samples:
            return 0.0
        return float(np.mean([_level(sample, whole, windows) for sample in self.samples]))


def similarities(needs: Vectors, whole: Vectors, windows: Sequence[Vectors]) -> Floats:
    """Of one statement to each need, shape (needs,)."""
    similarity = needs @ whole
    if windows:
        best = (needs @ np.stack(windows).T).max(axis=1)
        similarity = (1 - WEIGHTS.window) * similarity + WEIGHTS.window * best
    return similarity.astype(np.float64)


def _level(needs: Vectors, whole: Vectors, windows: Sequence[Vectors]) -> float:
    return float(hub_level(similarities(needs, whole, windows)[:, None])[0])
