"""Evenness and parts of a network, beside their plain definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.insights.components import components
from services.matcher.domain.insights.inequality import gini, top_share

COUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=12)


def test_gini_at_its_ends() -> None:
    assert gini([4, 4, 4], 3) == 0
    assert gini([9], 10) == pytest.approx(0.9)
    assert gini([], 0) == gini([], 5) == gini([0, 0], 2) == 0


@given(counts=COUNTS, idle=st.integers(0, 5))
def test_gini_is_half_the_relative_mean_difference(counts: list[int], idle: int) -> None:
    values = [*counts, *([0] * idle)]
    if sum(values) == 0:
        return
    n = len(values)
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(counts, n) == pytest.approx(differences / (2 * n * sum(values)), abs=1e-9)


def test_the_most_exposed_hundredth_is_at_least_one() -> None:
    assert top_share([5, 3, 2], 3) == 0.5
    assert top_share([1] * 200, 200) == 0.01
    assert top_share([], 10) == 0


def test_components_are_counted_once() -> None:
    assert components([]) == 0
    assert components([("a", "b"), ("b", "c"), ("x", "y")]) == 2
    assert components([("a", "b"), ("c", "d"), ("b", "d")]) == 1
