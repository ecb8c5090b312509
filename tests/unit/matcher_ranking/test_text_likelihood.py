"""Numbers of different texts can be compared, and no order changes."""

import numpy as np
import pytest

from services.matcher.domain.ranking import rounded
from services.matcher.domain.text_likelihood import Field, text_likelihood


def shown(totals: list[float], nearest: float = 3.0) -> list[float]:
    field = Field.of(totals, nearest)
    return [text_likelihood(one, field) for one in totals]


def test_the_number_rises_with_the_sum() -> None:
    totals = list(np.linspace(-2.0, -12.0, 300))
    numbers = [rounded(one) for one in shown(totals)]
    assert numbers == sorted(set(numbers), reverse=True)
    assert all(0 < one < 1 for one in numbers)


def test_an_answer_that_stands_out_is_likelier_than_the_first_of_many_alike() -> None:
    alone = shown([-3.0, *[-6.0] * 20])
    many = shown([-3.0, *[-3.1] * 20])
    assert alone[0] > 2 * many[0]
    assert alone[1] < many[1]


def test_the_best_of_poor_answers_stays_poor() -> None:
    good = shown([-2.0, -3.0, -4.0], nearest=6.0)
    poor = shown([-5.0, -6.0, -7.0], nearest=1.0)
    assert poor[0] < good[0] / 1.5


def test_the_order_of_the_answers_does_not_matter() -> None:
    totals = [-4.0, -2.5, -6.0]
    assert shown(totals)[1] == pytest.approx(shown(sorted(totals))[2])


def test_one_answer_and_none() -> None:
    assert 0 < shown([-4.0])[0] < 1
    assert shown([]) == []
