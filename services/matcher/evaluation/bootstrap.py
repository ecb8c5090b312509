"""Percentile bootstrap over queries (Efron & Tibshirani 1993; for retrieval, Sakai 2006)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20240901
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean and the ends of its 95 % interval."""

    mean: float
    low: float
    high: float


def intervals(
    values: NDArray[np.float64], *, resamples: int = RESAMPLES, seed: int = SEED
) -> list[Estimate]:
    """One estimate for each column of `values`, shape (queries, columns).

    The same seed and number of queries draw the same resamples, so that rows of a table are
    comparable. Raises ValueError when there is no query.
    """
    queries = len(values)
    if not queries:
        raise ValueError("no query to resample")
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(queries, np.full(queries, 1 / queries), size=resamples)
    means = counts @ values / queries
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return [
        Estimate(float(mean), float(least), float(most))
        for mean, least, most in zip(values.mean(axis=0), low, high, strict=True)
    ]
