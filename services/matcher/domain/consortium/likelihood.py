"""How likely an organisation answers a requirement, from what a search knows of the two."""

import math

from services.matcher.domain.consortium.constants import LIKELIHOOD, MOST_STANDARD

_CERTAIN = 1e-9


def likelihood(ranking: float, standard: float) -> float:
    """0 to 1. `ranking` is the score of the ranking by a text, which compares organisations;
    `standard` that of the best statement in deviations of unrelated pairs, which does not care
    who else is there. Neither alone tells an answer from the best of many that are none."""
    slope, statement, constant = LIKELIHOOD
    within = min(max(ranking, _CERTAIN), 1 - _CERTAIN)
    odds = math.log(within / (1 - within))
    bounded = max(-MOST_STANDARD, min(MOST_STANDARD, standard))
    return 1 / (1 + math.exp(-(slope * odds + statement * bounded + constant)))
