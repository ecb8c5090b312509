"""Organisations by the weight of their statements among the hits."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import Any

import numpy as np
from numpy.typing import NDArray


def by_share(
    owners: tuple[NDArray[Any], Sequence[str]],
    weights: NDArray[np.float64],
    named: Sequence[str],
    most: int,
) -> list[str]:
    """At most `most` ids, heaviest first, followed by those that are named; ties by id.

    `owners` are for each hit its organisation's place in a list of ids, and the list; the places
    and `weights` have shape (hits,).
    """
    places, ids = owners
    shares = np.bincount(places, weights=weights, minlength=len(ids))
    ranked = [id for _, id in nsmallest(most, zip((-shares).tolist(), ids, strict=True))]
    return list(dict.fromkeys([*ranked, *named]))
