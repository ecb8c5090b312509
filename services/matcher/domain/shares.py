"""Organisations by the weight of their statements among the hits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

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
    for key, row in rows.items():
        shares[key.organisation] += weights[row]
    ranked = sorted(shares, key=lambda id: (-shares[id], id))[:most]
    return list(dict.fromkeys([*ranked, *named]))
