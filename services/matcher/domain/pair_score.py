"""From a cosine, which says nothing to a person, to an honest number between 0 and 1.

S-norm: the distance to the platform's own unrelated pairs of the same two languages, in their
standard deviations; then the chance that this pair beats the best of a hundred such pairs.
"""

import math
from typing import NamedTuple

from services.matcher.domain.constants import COMPETITORS, LEXICAL_WEIGHT
from services.matcher.domain.language_correction import Background

_LEAST_DEVIATION = 1e-3


class PairEvidence(NamedTuple):
    """What the index says of two statements."""

    similarity: float
    """Language-corrected cosine."""
    lexical: float
    """Share of the lexical score that all words of the question could give, 0 to 1."""


def standardised(evidence: PairEvidence, background: Background) -> float:
    """The fused similarity in standard deviations above unrelated pairs."""
    fused = evidence.similarity + LEXICAL_WEIGHT * evidence.lexical
    return (fused - background.mean) / max(background.deviation, _LEAST_DEVIATION)


def pair_score(standard: float) -> float:
    """Phi(z)**100, 0 to 1; to be replaced by a calibration once there are decisions."""
    below = 0.5 * math.erfc(-standard / math.sqrt(2))
    return float(below**COMPETITORS)


def rarest_idf(statements: int) -> float:
    """BM25's IDF of a word that one of so many statements has."""
    return math.log1p((max(statements, 1) - 0.5) / 1.5)
