"""Keeping lists from changing where nothing material has changed.

Hysteresis: an earlier place counts for a little more than it is worth, so that it is lost only to
something better by more than that margin. Where the profiles, the model, its statistics or the
learned weights have changed nothing is held back: then the change is the point.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Edge = tuple[int, int]


def damped(
    seeker: Ints, partner: Ints, value: Floats, standing: Collection[Edge], margin: float
) -> Floats:
    """Values, shape (edges,), with the margin added to those that stand; at most 1.

    `standing` are places (seeker, partner) that an earlier run gave and whose grounds are the same.
    """
    if not standing or margin <= 0:
        return value
    stays: NDArray[np.bool_] = np.fromiter(
        ((i, j) in standing for i, j in zip(seeker.tolist(), partner.tolist(), strict=True)),
        dtype=bool,
        count=len(seeker),
    )
    return np.where(stays, np.minimum(value + margin, 1.0), value)
