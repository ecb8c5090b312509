"""What the statements that came up for a text say about the organisations that made them.

The index gives the best of each way of looking. A statement that one of them has not brought up
counts there as its last hit, and all that none of them has brought up count as the last of all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.pooling import Floats, near_level, temperature
from services.matcher.domain.ranking_weights import RankingWeights

_NOTHING = 1e-30


@dataclass(frozen=True)
class FoundStatements:
    """All arrays have shape (statements,); NaN where a way of looking has not found one."""

    whole: Floats
    window: Floats
    """Cosine of the best window."""
    lexical: Floats
    """Share of what the text's words could score at most, 0 to 1."""
    hub: Floats
    languages: NDArray[Any]
    """The same for equal languages."""
    contents: NDArray[Any]
    """The same for equal texts."""


@dataclass(frozen=True)
class StatementPool:
    """Weights of statements on one scale; the sum over all there are is 1."""

    weights: Floats
    """Of the statements that came up, shape (statements,)."""
    rest: float
    """Of each that did not."""
    temperature: float

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
        return math.log(own + _NOTHING)


def pool(
    found: FoundStatements, *, stored: int, lexical: float, weights: RankingWeights
) -> StatementPool:
    """`stored` is how many statements there are; `lexical` the weight of the lexical share."""
    if not len(found.whole):
        return StatementPool(np.zeros(0), 1.0 / max(stored, 1), 1.0)
    fused = _fused(found, lexical, weights)
    rest = max(0, stored - len(fused))
    t = _temperature(fused, found.contents, rest, weights)
    top = fused.max()
    unnormed = np.exp((fused - top) / t)
    unseen = float(np.exp((fused.min() - top) / t))
    total = float(unnormed.sum()) + rest * unseen
    return StatementPool(unnormed / total, unseen / total, t)


def _fused(found: FoundStatements, lexical: float, weights: RankingWeights) -> Floats:
    whole = _or_last(found.whole, found.window)
    window = _or_last(found.window, found.whole)
    dense = (1 - weights.window) * whole + weights.window * window - weights.hub * found.hub
    dense = dense - weights.near * near_level(dense, found.languages)
    return dense + lexical * found.lexical


def _or_last(values: Floats, other: Floats) -> Floats:
    """Where a value is missing, the last hit's, or the other way's if that is less still."""
    if np.isnan(values).all():
        return np.nan_to_num(other, nan=0.0)
    last = np.fmin(np.nanmin(values), other)
    return np.where(np.isnan(values), last, values)


def _temperature(
    fused: Floats, contents: NDArray[Any], rest: int, weights: RankingWeights
) -> float:
    """Equal texts count once, also among the rest, where as many are taken to be equal."""
    first = np.unique(contents, return_index=True)[1]
    different = rest * len(first) / len(fused)
    values = np.append(fused[first], fused.min())
    counts = np.append(np.ones(len(first)), different)
    return temperature(values, counts, _perplexity(len(first) + different, weights))


def _perplexity(statements: float, weights: RankingWeights) -> float:
    """A share of the statements, with a least and a most; never more than half of them."""
    share = max(weights.perplexity_share * statements, weights.perplexity_least)
    return max(1.0, min(weights.perplexity, share, statements / 2))
