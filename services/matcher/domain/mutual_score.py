"""How likely a partner is, from what its capabilities say to the other's needs.

Platt scaling (Platt 1999) of the best answers, and the geometric mean of both directions. While
probabilities are small that is the sum of the log odds: a strong direction makes up for a weak
one, but no direction makes up for none.
"""

import math
from collections.abc import Sequence

from services.matcher.domain.constants import (
    LIKELIHOOD_CENTRE,
    LIKELIHOOD_SLOPE,
    MUST_HAVE_WEIGHT,
    UNANSWERED,
)


def standing(best: Sequence[float], weights: Sequence[float]) -> float:
    """The best answers to several needs as one, in the same standard deviations.

    The odds add up, each by the need's weight: who meets one of two needs is as good as who meets
    the only one, who meets both is better. One must-have counts as it stands.
    """
    if not best:
        return UNANSWERED
    odds = [
        math.log(weight / MUST_HAVE_WEIGHT) + LIKELIHOOD_SLOPE * max(one, UNANSWERED)
        for one, weight in zip(best, weights, strict=True)
    ]
    top = max(odds)
    return (top + math.log(sum(math.exp(one - top) for one in odds))) / LIKELIHOOD_SLOPE


def likelihood(standard: float) -> float:
    """Of a partner with this standing among a hundred organisations, 0 to 1."""
    return 1 / (1 + math.exp(-LIKELIHOOD_SLOPE * (standard - LIKELIHOOD_CENTRE)))


def both_ways(receives: float, gives: float) -> float:
    """The geometric mean of two likelihoods."""
    return math.sqrt(receives * gives)
