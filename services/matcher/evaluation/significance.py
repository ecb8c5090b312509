"""Paired randomisation test (Fisher; for retrieval, Smucker, Allan & Carterette, CIKM 2007)."""

import numpy as np
from numpy.typing import NDArray

ROUNDS = 10_000
SEED = 20240902
_AT_ONCE = 1000
_TOLERANCE = 1e-12


def paired_p_value(
    differences: NDArray[np.float64], *, rounds: int = ROUNDS, seed: int = SEED
) -> float:
    """Two-sided p of the mean of `differences`, shape (queries,), under random signs.

    Counts the observed assignment as one of the rounds, so it is never 0.
    """
    moved = differences[differences != 0]  # the others add nothing, whatever their sign
    if not len(moved):
        return 1.0
    generator = np.random.default_rng(seed)
    bar = abs(moved.sum()) - _TOLERANCE
    extreme = 0
    for start in range(0, rounds, _AT_ONCE):
        size = (min(_AT_ONCE, rounds - start), len(moved))
        signs = generator.integers(0, 2, size=size, dtype=np.int8) * 2.0 - 1.0
        extreme += int((np.abs(signs @ moved) >= bar).sum())
    return (extreme + 1) / (rounds + 1)
