"""From similarities of statements to shares of organisations.

A text listens to as many statements as its similarities have sharp differences: the temperature
of the softmax over statements is set so that its perplexity is a given number (as in t-SNE, van
der Maaten & Hinton 2008). An organisation's share is the sum over its statements.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.ranking_weights import (
    HUB_SHARPNESS,
    NEAR_LANGUAGE,
    NEAR_NEIGHBOURS,
)

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_COLDEST, _HOTTEST = 0.005, 1.0
_STEPS = 25


def temperature(values: Floats, counts: Floats, perplexity: float) -> float:
    """The T at which softmax(values / T) has this perplexity; each value comes `counts` times.

    Values and counts have shape (n,). By bisection in log T, between 0.005 and 1.
    """
    if len(values) == 0:
        return _HOTTEST
    shifted = values - values.max()
    low, high = _COLDEST, _HOTTEST
    for _ in range(_STEPS):
        middle = float(np.sqrt(low * high))
        if _entropy(shifted / middle, counts) > np.log(perplexity):
            high = middle
        else:
            low = middle
    return float(np.sqrt(low * high))


def _entropy(logits: Floats, counts: Floats) -> float:
    weights = counts * np.exp(logits)
    total = weights.sum()
    return float(np.log(total) - (weights * logits).sum() / total)


def hub_level(similarity: Floats) -> Floats:
    """How near a statement is to needs at large: inverted softmax (Smith et al. 2017).

    `similarity` has shape (needs, statements), of one need language; the result (statements,).
    """
    top = similarity.max(axis=0)
    spread: Floats = np.exp(HUB_SHARPNESS * (similarity - top)).mean(axis=0)
    level: Floats = top + np.log(spread) / HUB_SHARPNESS
    return level


def near_level(similarity: Floats, languages: NDArray[Any]) -> Floats:
    """For each statement the mean of the nearest ones in its language; shape (statements,).

    All 0 unless two languages have enough statements for a level. A language that has too few
    gets the highest level: a stray statement must not be compared with itself.
    """
    _, places, counts = np.unique(languages, return_inverse=True, return_counts=True)
    kept = np.flatnonzero(counts >= NEAR_LANGUAGE)
    if len(kept) < 2:
        return np.zeros_like(similarity)
    nearest = [_nearest(similarity[places == place]) for place in kept]
    levels = np.full(len(counts), max(nearest))
    levels[kept] = nearest
    return levels[places]


def _nearest(values: Floats) -> float:
    return float(np.sort(values)[-NEAR_NEIGHBOURS:].mean())
