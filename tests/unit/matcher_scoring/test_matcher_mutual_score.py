import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.constants import (
    LIKELIHOOD_CENTRE,
    LIKELIHOOD_SLOPE,
    MUST_HAVE_WEIGHT,
    NICE_TO_HAVE_WEIGHT,
    UNANSWERED,
)
from services.matcher.domain.mutual_score import both_ways, likelihood, standing

MUST, NICE = MUST_HAVE_WEIGHT, NICE_TO_HAVE_WEIGHT
standards = st.floats(-12, 12)


def test_one_must_have_counts_as_its_best_answer_stands() -> None:
    assert standing([3.0], [MUST]) == pytest.approx(3.0)


def test_a_nice_to_have_has_half_the_odds() -> None:
    apart = standing([3.0], [MUST]) - standing([3.0], [NICE])
    assert apart == pytest.approx(math.log(2) / LIKELIHOOD_SLOPE)


@given(met=standards, other=standards)
def test_another_need_never_counts_against_a_partner(met: float, other: float) -> None:
    assert standing([met, other], [MUST, MUST]) >= standing([met], [MUST])


def test_two_needs_met_stand_higher_than_one() -> None:
    both = standing([2.0, 2.0], [MUST, MUST])
    assert both > standing([2.0, 0.0], [MUST, MUST]) > 2.0


def test_nothing_asked_or_answered_stands_lowest() -> None:
    assert standing([], []) == UNANSWERED
    assert standing([-9.0], [MUST]) == UNANSWERED


def test_the_centre_is_as_likely_as_not() -> None:
    assert likelihood(LIKELIHOOD_CENTRE) == pytest.approx(0.5)


@given(low=standards, step=st.floats(0.01, 3))
def test_a_higher_standing_is_likelier(low: float, step: float) -> None:
    assert 0.0 < likelihood(low) < likelihood(low + step) < 1.0


def test_equal_strength_beats_the_same_sum_on_one_side() -> None:
    even = both_ways(likelihood(1.0), likelihood(1.0))
    assert even > both_ways(likelihood(4.0), likelihood(-2.0))


@given(a=standards, b=standards)
def test_both_partners_see_the_same_number(a: float, b: float) -> None:
    assert both_ways(likelihood(a), likelihood(b)) == both_ways(likelihood(b), likelihood(a))


def test_partners_that_are_far_from_sure_keep_apart_at_six_decimals() -> None:
    found = [round(both_ways(likelihood(z), likelihood(-1.0)), 6) for z in (-2.0, -1.5, -1.0, -0.5)]
    assert found == sorted(set(found))
