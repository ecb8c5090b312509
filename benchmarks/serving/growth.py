"""How the time of an answer grows with the statements that there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

REACH = 0.5


@dataclass(frozen=True)
class Step:
    """Medians in milliseconds at one size."""

    statements: int
    search: float
    suggestions: float
    bare_search: float
    bare_suggestions: float


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Of the power of the size that fits best: least squares of the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
