"""A calibration fitted on mutual sums says nothing about lists of one direction."""

import pytest

from services.matcher.domain.calibration import Calibration, Method, raw_of
from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.domain.learning.logistic import sigmoid
from services.matcher.service.live_ranking import NOTHING_LEARNED, NamedRanking
from shared.contracts.suggestions import SuggestionSide

LEARNED = NamedRanking(
    "learned-7",
    LearnedRanking({"same_city": 0.5}, 0.1, Calibration(Method.PLATT, slope=0.4, intercept=-2.0)),
)


@pytest.mark.parametrize("side", [SuggestionSide.NEED, SuggestionSide.CAPABILITY])
def test_one_direction_keeps_the_learned_features_and_not_the_calibration(
    side: SuggestionSide,
) -> None:
    one = LEARNED.of_side(side)
    assert one.version == "learned-7"
    assert one.ranking.changes == LEARNED.ranking.changes
    expected = float(sigmoid(raw_of(0.6) + 0.1))
    assert one.ranking.score(0.6, ()) == pytest.approx(expected)


def test_a_mutual_list_is_calibrated() -> None:
    assert LEARNED.of_side(SuggestionSide.MUTUAL) is LEARNED


def test_where_nothing_is_learned_nothing_changes() -> None:
    assert NOTHING_LEARNED.of_side(SuggestionSide.NEED) is NOTHING_LEARNED
