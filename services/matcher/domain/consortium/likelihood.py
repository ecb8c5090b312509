"""How likely an organisation answers a requirement, from what a search knows of the two."""

import math

from services.matcher.domain.consortium.constants import LIKELIHOOD, MOST_STANDARD

_STEEPEST = 700.0


def likelihood(ranking: float, standard: float) -> float:
    """0 to 1. `ranking` is the sum of the ranking by a text, which compares organisations;
    `standard` that of the best statement in deviations of unrelated pairs, which does not care
    who else is there. Neither alone tells an answer from the best of many that are none."""
    slope, statement, constant = LIKELIHOOD
    bounded = max(-MOST_STANDARD, min(MOST_STANDARD, standard))
    odds = slope * ranking + statement * bounded + constant
    return 1 / (1 + math.exp(min(_STEEPEST, -odds)))
