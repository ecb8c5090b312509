"""How honest probabilities are, and how well they tell outcomes apart."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS = 10
_LEAST = 1e-6


def expected_calibration_error(
    probabilities: ArrayLike, labels: ArrayLike, bins: int = BINS
) -> float:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by their size.

    Naeini, Cooper & Hauskrecht, AAAI 2015. A probability on an edge belongs to the bin above it,
    1 to the last. Raises ValueError on other shapes, an empty input, p outside 0-1, labels other
    than 0 and 1.
    """
    p, y = _checked(probabilities, labels)
    places = np.minimum((p * bins).astype(int), bins - 1)
    gap = np.bincount(places, weights=p - y, minlength=bins)
    return float(np.abs(gap).sum() / len(p))


def brier_score(probabilities: ArrayLike, labels: ArrayLike) -> float:
    """Mean squared error of the probabilities (Brier 1950). Raises ValueError as above."""
    p, y = _checked(probabilities, labels)
    return float(np.mean((p - y) ** 2))


def log_loss(probabilities: ArrayLike, labels: ArrayLike) -> float:
    """Mean negative log likelihood, of probabilities cut at 1e-6. Raises ValueError as above."""
    p, y = _checked(probabilities, labels)
    p = np.clip(p, _LEAST, 1 - _LEAST)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def ranking_auc(scores: ArrayLike, labels: ArrayLike) -> float:
    """The chance that a positive stands above a negative, a tie counting half (Mann-Whitney).

    .5 where one outcome is missing.
    """
    s, y = np.asarray(scores, dtype=np.float64), np.asarray(labels, dtype=np.float64)
    good, bad = s[y == 1], np.sort(s[y == 0])
    if not len(good) or not len(bad):
        return 0.5
    below = np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")
    return float(below.sum() / (2 * len(good) * len(bad)))


def _checked(
    probabilities: ArrayLike, labels: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    p, y = np.asarray(probabilities, dtype=np.float64), np.asarray(labels, dtype=np.float64)
    if p.ndim != 1 or p.shape != y.shape:
        raise ValueError(f"two lists of one length, not shapes {p.shape} and {y.shape}")
    if not len(p):
        raise ValueError("no probability to judge")
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a probability is outside 0 to 1")
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("a label is neither 0 nor 1")
    return p, y
