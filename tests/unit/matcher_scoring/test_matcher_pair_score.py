import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.constants import COMPETITORS
from services.matcher.domain.language_correction import Background
from services.matcher.domain.pair_score import PairEvidence, pair_score, standardised

BACKGROUND = Background(mean=0.02, deviation=0.1, pairs=1000)


@given(st.floats(-40, 40), st.floats(-40, 40))
def test_it_is_between_0_and_1_and_never_falls(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= pair_score(low) <= pair_score(high) <= 1.0


def test_the_best_of_a_hundred_unrelated_pairs_gets_about_a_third() -> None:
    """(1 - 1/100)**100 = 1/e: the median of the best is a little above."""
    z = 2.3263  # the 99 % quantile of the normal distribution
    assert pair_score(z) == pytest.approx((1 - 1 / COMPETITORS) ** COMPETITORS, rel=1e-3)
    assert math.exp(-1) == pytest.approx(pair_score(z), abs=0.01)


def test_words_in_common_add_a_quarter_of_a_cosine() -> None:
    without = standardised(PairEvidence(0.3, 0.0), BACKGROUND)
    with_words = standardised(PairEvidence(0.3, 1.0), BACKGROUND)
    assert without == pytest.approx(2.8)
    assert with_words - without == pytest.approx(2.5)


def test_a_background_without_spread_does_not_divide_by_zero() -> None:
    assert math.isfinite(standardised(PairEvidence(1.0, 1.0), Background(0.0, 0.0, 2)))
