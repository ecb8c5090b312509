"""What is near to everything is taken off, in the product itself."""

import numpy as np
import pytest

from services.matcher.domain.constants import LEVEL_SHARE
from services.matcher.domain.exact.levels import LevelSample, with_levels
from services.matcher.domain.exact.statements import AllStatements, OneSide


def side(rows: list[list[float]], owners: list[int]) -> OneSide:
    vectors = np.array(rows, dtype=np.float32)
    weights = np.ones(len(rows), dtype=np.float32)
    return OneSide.of(vectors, np.array(owners), 3, weights)


def test_half_of_both_levels_is_taken_off_a_cosine() -> None:
    needs = side([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 1, 2])
    offers = side([[0.6, 0.8, 0], [0, 0, 1], [-1, 0, 0]], [1, 2, 0])
    given = AllStatements(needs, offers)
    found = with_levels(given, LevelSample.of(given))
    cosines = needs.vectors @ offers.vectors.T
    # Own ones and negative ones count as nothing; there are fewer than ten.
    counted = np.where(needs.owners[:, None] == offers.owners, 0, np.maximum(cosines, 0))
    of_needs, of_offers = counted.sum(axis=1) / 10, counted.sum(axis=0) / 10
    expected = cosines - LEVEL_SHARE * (of_needs[:, None] + of_offers)
    assert found.needs.vectors @ found.capabilities.vectors.T == pytest.approx(expected, abs=1e-6)


def test_nothing_on_the_other_side_changes_nothing() -> None:
    needs = side([[1, 0, 0]], [0])
    offers = OneSide(np.zeros((0, 3), np.float32), np.zeros(3, np.int64), np.zeros(0, np.float32))
    given = AllStatements(needs, offers)
    found = with_levels(given, LevelSample.of(given))
    assert found.needs.vectors.tolist() == [[1, 0, 0, 0, 1]]
    assert found.capabilities.vectors.shape == (0, 5)
