"""Sisters and near-duplicates are moved down, nobody is lost, scores stay what they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.diversity import Placed, diversified


def alike(size: int, *pairs: tuple[int, int, float]) -> np.ndarray:
    found = np.zeros((size, size))
    for one, other, likeness in pairs:
        found[one, other] = found[other, one] = likeness
    return found


def test_without_likeness_the_order_is_that_of_the_scores() -> None:
    assert diversified([0.9, 0.5, 0.1], alike(3)) == [Placed(0), Placed(1), Placed(2)]


def test_a_near_duplicate_makes_way_for_somebody_else_and_it_is_said_who_stands_for_it() -> None:
    order = diversified([0.9, 0.89, 0.6], alike(3, (0, 1, 1.0)), 0.5)
    assert [one.item for one in order] == [0, 2, 1]
    assert order[2] == Placed(1, stand_in=0, likeness=1.0)
    assert order[1].stand_in is None, "it was moved up"


def test_a_near_duplicate_still_comes_before_what_is_far_worse() -> None:
    order = diversified([0.9, 0.89, 0.05], alike(3, (0, 1, 1.0)), 0.5)
    assert [one.item for one in order] == [0, 1, 2]
    assert order[1].stand_in is None, "it was not moved"


def test_what_counts_is_the_ratio_of_scores_however_small_they_are() -> None:
    scores = [0.9, 0.89, 0.6]
    likeness = alike(3, (0, 1, 1.0))
    small = [one / 1000 for one in scores]
    assert diversified(small, likeness) == diversified(scores, likeness)


def test_many_sisters_do_not_fill_a_list() -> None:
    sisters = [(i, j, 0.7) for i in range(6) for j in range(i)]
    order = diversified([0.9] * 6 + [0.7] * 5, alike(11, *sisters), 0.5)
    assert [one.item for one in order[:6]] == [0, 6, 7, 8, 9, 10]


def test_a_trade_off_of_one_switches_it_off() -> None:
    order = diversified([0.9, 0.89, 0.6], alike(3, (0, 1, 1.0)), 1.0)
    assert [one.item for one in order] == [0, 1, 2]


@given(
    st.lists(st.floats(0, 1), max_size=12).map(lambda found: sorted(found, reverse=True)),
    st.randoms(use_true_random=False),
)
def test_nobody_is_lost_or_doubled_and_the_best_stays_first(scores: list[float], rng) -> None:  # type: ignore[no-untyped-def]
    pairs = [(i, j, rng.random()) for i in range(len(scores)) for j in range(i)]
    order = diversified(scores, alike(len(scores), *pairs))
    assert sorted(one.item for one in order) == list(range(len(scores)))
    assert not order or order[0].item == 0
    assert order == diversified(scores, alike(len(scores), *pairs))
