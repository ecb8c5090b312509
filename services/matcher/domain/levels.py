"""How near a statement is to everything it could go with, near to it or not.

CSLS (Conneau et al. 2018, "Word Translation Without Parallel Data"): half of the mean of the ten
nearest on the other side is taken off for either statement. What is near to all says little by
being near to one, and partners of different askers are measured alike.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.constants import LEVEL_NEIGHBOURS
from services.matcher.domain.language_correction import LANGUAGES, CorrectionStatistics, Vectors
from services.matcher.domain.statements import Statement, StatementKey
from shared.contracts.organisation import Side

Floats = NDArray[np.float64]
Levels = Mapping[StatementKey, float]
"""In standard deviations above unrelated pairs; 0 for a statement that has none."""

_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True)
class Stated:
    """Statements of one side, and their corrected vectors, shape (statements, dimension)."""

    statements: Sequence[Statement]
    vectors: Vectors


def levels(stated: Stated, others: Stated, statistics: CorrectionStatistics) -> Levels:
    """The level of each of `stated` among `others`, which are of the other side.

    What its own organisation states does not count. Where there are few others, those that are
    missing count as unrelated, so that two organisations are not each other's level.
    """
    if not stated.statements or not others.statements:
        return {}
    standards = np.maximum(_standards(stated, others, statistics), 0.0)
    standards[_own(stated, others)] = 0.0
    nearest = -np.partition(-standards, min(LEVEL_NEIGHBOURS, standards.shape[1]) - 1, axis=1)
    found = nearest[:, :LEVEL_NEIGHBOURS].sum(axis=1) / LEVEL_NEIGHBOURS
    keys = [one.key for one in stated.statements]
    return dict(zip(keys, found.tolist(), strict=True))


def _standards(stated: Stated, others: Stated, statistics: CorrectionStatistics) -> Floats:
    table = _backgrounds(statistics, stated.statements[0].side)
    place = np.ix_(_languages(stated), _languages(others))
    cosines = (stated.vectors @ others.vectors.T).astype(np.float64)
    standards: Floats = (cosines - table[0][place]) / table[1][place]
    return standards


def _backgrounds(statistics: CorrectionStatistics, side: Side) -> Floats:
    """Means and deviations by language of the statement and of the other one."""
    table = np.empty((2, len(LANGUAGES), len(LANGUAGES)))
    for row, own in enumerate(LANGUAGES):
        for column, other in enumerate(LANGUAGES):
            pair = (own, other) if side is Side.NEED else (other, own)
            known = statistics.background_of(*pair)
            table[:, row, column] = known.mean, max(known.deviation, _LEAST_DEVIATION)
    return table


def _languages(stated: Stated) -> NDArray[np.intp]:
    return np.array([LANGUAGES.index(one.language) for one in stated.statements])


def _own(stated: Stated, others: Stated) -> tuple[list[int], list[int]]:
    """Rows and columns of what one organisation states on both sides."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(stated.statements):
        rows[one.key.organisation].append(row)
    pairs = [
        (row, column)
        for column, other in enumerate(others.statements)
        for row in rows.get(other.key.organisation, ())
    ]
    return [row for row, _ in pairs], [column for _, column in pairs]
