"""Organisations by the weight of their statements among the hits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.statements import StatementKey


def by_share(
    rows: Mapping[StatementKey, int],
    weights: NDArray[np.float64],
    named: Sequence[str],
    most: int,
) -> list[str]:
    """At most `most` ids, heaviest first, followed by those that are named; ties by id.

    `rows` gives each statement's place in `weights`, shape (hits,).
    """
    shares: defaultdict[str, float] = defaultdict(float)
    listed = weights.tolist()
    for (organisation, _), row in rows.items():
        shares[organisation] -= listed[row]
    ranked = [id for _, id in nsmallest(most, zip(shares.values(), shares, strict=True))]
    return list(dict.fromkeys([*ranked, *named]))
