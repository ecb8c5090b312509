"""Nearness of organisations to another's own statements, where it has stated no needs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NOTHING = 1e-30

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RelatedPool:
    """Weights exp(cosine / T) of statements, as means over the asker's own statements."""

    weights: Floats
    """Of the statements that came up, shape (statements,)."""
    rest: float
    """Of each that did not: as if it were every question's last hit."""
    total: float
    """Of all statements there are."""

    @cached_property
    def _listed(self) -> list[float]:
        """Few are added up for each of hundreds: an array would take longer."""
        found: list[float] = self.weights.tolist()
        return found

    def share(self, rows: Sequence[int], statements: int) -> float:
        """Log of an organisation's share: of its statements these came up, of so many."""
        unseen = max(0, statements - len(rows))
        listed = self._listed
        own = sum(listed[row] for row in rows) + unseen * self.rest
        return math.log(own / self.total + _NOTHING)


def related_pool(
    answers: Sequence[tuple[NDArray[Any], Floats]], rows: int, *, stored: int, temperature: float
) -> RelatedPool:
    """`answers` are rows and cosines of each own statement, of so many rows in all."""
    if not answers or rows == 0:
        return RelatedPool(np.zeros(rows), 1.0, float(max(stored, 1)))
    sums, rest = np.zeros(rows), 0.0
    for places, cosines in answers:
        last = np.exp(((cosines.min() if len(cosines) else 0.0) - 1) / temperature)
        column = np.full(rows, last)
        column[places] = np.exp((cosines - 1) / temperature)
        sums += column
        rest += float(last)
    weights, rest = sums / len(answers), rest / len(answers)
    return RelatedPool(weights, rest, float(weights.sum()) + max(0, stored - rows) * rest)
