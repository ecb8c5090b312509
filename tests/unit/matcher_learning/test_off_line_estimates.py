"""Two rankings judged by a log of explored places."""

from datetime import date
from random import Random

import numpy as np
import pytest

from services.matcher.domain.exploration import explore, window, window_chance
from services.matcher.domain.learning.off_line import ShownPlace, estimate, rewards

DAY = date(2026, 11, 1)


def test_interest_is_earned_once_on_the_last_day_before_it() -> None:
    days = [date(2026, 11, day) for day in (1, 3, 9)]
    places = [ShownPlace("a", "b", day, 0.5, True, True) for day in days]
    assert rewards(places, {("a", "b"): date(2026, 11, 5)}) == [0.0, 1.0, 0.0]
    assert rewards(places, {("a", "b"): date(2026, 10, 5)}) == [0.0, 0.0, 0.0]
    assert rewards(places, {}) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("length", [9, 16, 60])
def test_chances_of_the_window_are_those_of_the_draw(length: int) -> None:
    rng, share, rounds = Random(5), 0.3, 4000
    places, seen = window(length), np.zeros(length)
    for _ in range(rounds):
        shown = explore(list(range(length)), rng, share)
        for place in places:
            seen[shown[place].item] += 1
    chances = [window_chance(place, length, share) for place in range(length)]
    assert seen / rounds == pytest.approx(chances, abs=0.03)
    assert sum(chances) == pytest.approx(len(places))


def test_estimates_find_the_better_ranking_and_their_intervals_hold_the_truth() -> None:
    """Organisations are interested in odd partners; the other ranking has more of them."""
    length, share, rng = 40, 0.3, Random(7)
    places = list(window(length))
    better = {*places[::2], *range(11, 11 + 2 * len(places[1::2]), 2)}
    truth = {"live": len([p for p in places if p % 2]) / len(places), "better": 1.0}
    log, earned, targets = [], [], []
    for number in range(3000):
        shown = explore(list(range(length)), rng, share)
        for place in places:
            item = shown[place].item
            chance = window_chance(item, length, share)
            by_live = item in places
            log.append(ShownPlace(f"o{number}", f"p{item}", DAY, chance, by_live, item in better))
            earned.append(float(item % 2))
            targets.append(item in better)
    live = estimate(log, earned, [one.by_live for one in log])
    other = estimate(log, earned, targets)
    assert live
    assert other
    assert live.ips.low <= truth["live"] <= live.ips.high
    assert other.snips.value == pytest.approx(1.0)
    assert live.ips.high < other.ips.low
    assert live.covered == pytest.approx(1.0, abs=0.02)


def test_a_log_without_anything_of_the_ranking_says_nothing() -> None:
    assert estimate([ShownPlace("a", "b", DAY, 0.5, True, False)], [1.0], [False]) is None
