"""Scores to rankings."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.matcher.evaluation.eligibility import Mask
from services.matcher.evaluation.engine import DEPTH, Ranking


def in_order(scored: Iterable[tuple[str, float]]) -> Ranking:
    """Best first; equal scores by id."""
    return sorted(scored, key=lambda item: (-item[1], item[0]))


def best(names: Sequence[str], scores: NDArray[np.float64], allowed: Mask) -> Ranking:
    """The allowed ones, at most DEPTH; both arrays have shape (names,)."""
    places = np.flatnonzero(allowed)
    if len(places) > DEPTH:
        # All that tie with the last place stay in, so that ids decide among them.
        bar = np.partition(scores[places], -DEPTH)[-DEPTH]
        places = places[scores[places] >= bar]
    return in_order((names[place], float(scores[place])) for place in places.tolist())[:DEPTH]
