"""From the sums behind a ranking by a text to the numbers that are shown.

How likely an organisation is the one that answered: a logistic regression (Platt 1999) of its sum,
of how far it lags behind the best, of how far the best stands out from the tenth, and of how far
the nearest statement stands above unrelated pairs of the platform (S-norm). The last three are the
same for all answers to a text, or fall with the sum: numbers of different texts can be compared,
and no order changes. Logarithms, so that what is far behind stays told apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.ranking_weights import (
    FIRST_PAGE,
    LIKELIHOOD_CONSTANT,
    LIKELIHOOD_LAG,
    LIKELIHOOD_LEAD,
    LIKELIHOOD_NEAREST,
    LIKELIHOOD_TOTAL,
)

_STEEPEST = 700.0
"""What a float's exponential bears."""


@dataclass(frozen=True)
class Field:
    """All answers to one text."""

    best: float
    """The highest sum."""
    lead: float
    """By how much it is above that of the last on a first page."""
    nearest: float
    """Standard deviations of the nearest statement above unrelated pairs."""

    @classmethod
    def of(cls, totals: Sequence[float], nearest: float) -> "Field":
        """From the sums of all answers, in any order."""
        first = sorted(totals, reverse=True)[:FIRST_PAGE]
        return cls(first[0], first[0] - first[-1], nearest) if first else cls(0.0, 0.0, nearest)


def text_likelihood(total: float, field: Field) -> float:
    """0 to 1, rising with the sum."""
    odds = (
        LIKELIHOOD_TOTAL * total
        - LIKELIHOOD_LAG * math.log1p(max(0.0, field.best - total))
        + LIKELIHOOD_LEAD * math.log1p(field.lead)
        + LIKELIHOOD_NEAREST * field.nearest
        + LIKELIHOOD_CONSTANT
    )
    return 1 / (1 + math.exp(min(_STEEPEST, -odds)))
