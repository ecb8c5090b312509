"""How evenly places are shared out."""

from collections.abc import Sequence

import numpy as np


def gini(counts: Sequence[int], everybody: int) -> float:
    """0 where all have the same, towards 1 where one has everything (Gini 1912, in the form for
    sorted values). `everybody` counts those with none, too; 0.0 for nobody and for nothing."""
    n = max(everybody, len(counts))
    total = float(sum(counts))
    if n == 0 or total == 0:
        return 0.0
    values = np.sort(np.concatenate([np.zeros(n - len(counts)), np.asarray(counts, dtype=float)]))
    ranks = np.arange(1, n + 1)
    return float(np.clip((2 * ranks - n - 1) @ values / (n * total), 0.0, 1.0))


def top_share(counts: Sequence[int], everybody: int, share: float = 0.01) -> float:
    """Of all places, those of the most exposed; at least of one organisation."""
    total = sum(counts)
    if total == 0:
        return 0.0
    most = max(1, round(everybody * share))
    return sum(sorted(counts, reverse=True)[:most]) / total
