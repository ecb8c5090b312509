"""Vectors that no index may see."""

import numpy as np

from services.matcher.ports import Vectors


def check_vectors(vectors: Vectors) -> Vectors:
    """The same vectors; raises ValueError with the position of the first that is no direction.

    Zero and not-a-number would be stored without complaint and come out of every search.
    The message never holds the text.
    """
    good = np.isfinite(vectors).all(axis=1) & (np.abs(vectors).max(axis=1, initial=0.0) > 1e-6)
    if not good.all():
        raise ValueError(f"text {int(np.argmin(good))} has no usable vector")
    return vectors
