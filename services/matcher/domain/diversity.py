"""Maximal marginal relevance (Carbonell & Goldstein 1998): sisters do not fill a list.

value = lambda * ln(score) - (1 - lambda) * greatest likeness to one that is placed already

Logarithms, because scores of one list may all be near 0: what counts is their ratio.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.diversity_constants import DIVERSITY_LAMBDA, LEAST_SCORE
from services.matcher.domain.likeness import Matrix


@dataclass(frozen=True)
class Placed:
    """One item's place in the diversified order; items are named by their place by score."""

    item: int
    stand_in: int | None = None
    """The item further up that it is most like, where likeness moved it down."""
    likeness: float = 0.0


def diversified(
    scores: Sequence[float], likeness: Matrix, trade_off: float = DIVERSITY_LAMBDA
) -> list[Placed]:
    """The items, of falling scores, in their new order.

    `likeness` has shape (items, items). Ties go to the item that is first by score, so the answer
    repeats. With a trade-off of 1 the order is that of the scores.
    """
    relevance = trade_off * np.log(np.maximum(np.asarray(scores, dtype=np.float64), LEAST_SCORE))
    nearest = np.zeros(len(scores))
    stand_ins = np.full(len(scores), -1)
    waiting = np.ones(len(scores), dtype=bool)
    order: list[Placed] = []
    for place in range(len(scores)):
        values = np.where(waiting, relevance - (1 - trade_off) * nearest, -np.inf)
        item = int(np.argmax(values))
        moved_down = place > item and stand_ins[item] >= 0
        order.append(
            Placed(item, int(stand_ins[item]), float(nearest[item])) if moved_down else Placed(item)
        )
        waiting[item] = False
        nearer = likeness[item] > nearest
        stand_ins[nearer], nearest[nearer] = item, likeness[item][nearer]
    return order
