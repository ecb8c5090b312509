"""The score of a pair, as `mutual_score` has it, from cosines alone.

A need's odds are exp(slope * standard deviations above unrelated pairs) of its best answer; an
organisation's are the weighted sum over its needs. Words, levels and priors join in the full score.
"""

import math
from dataclasses import dataclass

from services.matcher.domain.constants import (
    DIRECTION_FLOOR,
    LIKELIHOOD_CENTRE,
    LIKELIHOOD_SLOPE,
)
from services.matcher.domain.language_correction import Background


@dataclass(frozen=True)
class CosineLikelihood:
    """Odds of a cosine are exp(scale * cosine - shift); odds / (odds + 1) is the likelihood."""

    scale: float
    shift: float
    floor: float = DIRECTION_FLOOR
    """The least likelihood of a direction: who has stated nothing has said nothing against it."""

    @classmethod
    def against(cls, background: Background) -> "CosineLikelihood":
        """With the platform's unrelated pairs as measure."""
        scale = LIKELIHOOD_SLOPE / max(background.deviation, 1e-3)
        return cls(scale, scale * background.mean + LIKELIHOOD_SLOPE * LIKELIHOOD_CENTRE)

    def odds(self, cosine: float) -> float:
        """Of one need and its best answer."""
        return math.exp(self.scale * cosine - self.shift)
