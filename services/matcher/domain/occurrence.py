"""Who stands among the best for too many of the platform's needs.

k-occurrence (Radovanovic, Nanopoulos & Ivanovic, JMLR 2010): for how many needs an organisation
is among the k nearest. It is counted against the level that the k-th one has reached, so that a
new profile is judged when it is taken in, by the same measure as all that were there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.hubs import similarities
from services.matcher.domain.language_correction import Vectors

NEIGHBOURS = 10
"""A first page."""
DEVIATIONS = 3.5
"""Robust deviations from the median, of logarithms (Iglewicz & Hoaglin 1993). Demo and golden data:
limits of 38 of 124 and of 109 needs; the honest profiles reach 25 and 19."""
LEAST_SHARE = 0.2
"""Of the needs; on a large platform most profiles are near to one need or two, and being near to
five says nothing. cordis-calls: 45 of 224 needs; the honest reach 35."""

Statements = Sequence[tuple[Vectors, Sequence[Vectors]]]
"""Corrected vectors of each capability: the whole, and its windows."""


@dataclass(frozen=True)
class Occurrence:
    """Of one state of the platform."""

    levels: Mapping[bytes, float]
    """By the need's content digest: the similarity that its k-th best organisation has."""
    limit: float
    """Needs for which an honest organisation may be among the best."""


@dataclass(frozen=True)
class HubGuard:
    """`needs` are corrected, shape (needs, dimension); `levels` has shape (needs,)."""

    needs: Vectors
    levels: NDArray[np.float64]
    limit: float

    def excess(self, statements: Statements) -> float:
        """k-occurrence by the limit where it is above it, else 0."""
        if not len(self.levels) or not statements:
            return 0.0
        count = int((best_similarities(self.needs, statements) >= self.levels).sum())
        # A part of the sampled needs may be forgotten: the limit shrinks with them.
        return count / self.limit if count > self.limit else 0.0


def best_similarities(needs: Vectors, statements: Statements) -> NDArray[np.float64]:
    """To each need, of the organisation's nearest statement; shape (needs,)."""
    found = np.stack([similarities(needs, whole, parts) for whole, parts in statements])
    best: NDArray[np.float64] = found.max(axis=0)
    return best


def occurrence(best: NDArray[np.float64], digests: Sequence[bytes]) -> Occurrence | None:
    """`best` has shape (organisations, needs); None where there are too few of either."""
    organisations, needs = best.shape
    if organisations <= 2 * NEIGHBOURS or not needs:
        return None
    levels = -np.partition(-best, NEIGHBOURS - 1, axis=0)[NEIGHBOURS - 1]
    counts = (best >= levels).sum(axis=1)
    logs = np.log(counts[counts > 0])
    middle = np.median(logs)
    deviation = 1.4826 * np.median(np.abs(logs - middle))
    limit = max(float(np.exp(middle + DEVIATIONS * deviation)), LEAST_SHARE * needs)
    return Occurrence(dict(zip(digests, levels.tolist(), strict=True)), limit)
