"""Places at random: rarely, never the first ones, with chances that are known."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from services.matcher.domain.exploration import PROTECTED, daily_randomness, explore
from services.matcher.domain.off_policy import LoggedPlace, ips, snips

ITEMS = list(range(60))
DAY = date(2026, 11, 24)


def test_nobody_is_lost_and_the_first_places_stay() -> None:
    for seed in range(300):
        shown = explore(ITEMS, Random(seed), 0.5)
        assert sorted(one.item for one in shown) == ITEMS
        assert [one.item for one in shown[:PROTECTED]] == ITEMS[:PROTECTED]
        assert all(one.explored == (one.item != place) for place, one in enumerate(shown))


def test_the_same_all_day_and_another_tomorrow() -> None:
    def order(day: date) -> list[int]:
        return [one.item for one in explore(ITEMS, daily_randomness("lab", day), 0.5)]

    assert order(DAY) == order(DAY)
    assert order(DAY) != order(date(2026, 11, 25))


def test_without_a_share_nothing_moves() -> None:
    assert [(one.item, one.propensity) for one in explore(ITEMS, Random(1), 0.0)] == [
        (item, 1.0) for item in ITEMS
    ]
    with pytest.raises(ValueError, match="share"):
        explore(ITEMS, Random(1), 1.5)


@pytest.mark.parametrize("length", [0, 1, 3, 4, 5, 8, 12, 60])
def test_short_lists_are_shuffled_as_far_as_they_go(length: int) -> None:
    shown = explore(list(range(length)), Random(3), 1.0)
    assert sorted(one.item for one in shown) == list(range(length))
    assert all(0 < one.propensity <= 1 for one in shown if not one.explored or length > 3)


def test_logged_propensities_are_the_chances() -> None:
    runs, share = 40_000, 0.3
    seen: Counter[tuple[int, int]] = Counter()
    told: dict[tuple[int, int], float] = {}
    rng = Random(7)
    for _ in range(runs):
        for place, one in enumerate(explore(ITEMS[:20], rng, share)):
            seen[place, one.item] += 1
            told[place, one.item] = one.propensity
    for key, propensity in told.items():
        assert seen[key] / runs == pytest.approx(propensity, abs=0.012), key


def test_another_ranking_is_judged_without_bias() -> None:
    """The other ranking shows the best of the pool in the fourth place."""
    worth = {item: 0.9 if item == 14 else 0.2 for item in ITEMS}
    rng = Random(11)
    log = []
    for _ in range(60_000):
        one = explore(ITEMS[:20], rng, 0.4)[PROTECTED]
        reward = float(rng.random() < worth[one.item])
        log.append(LoggedPlace(reward, one.propensity, float(one.item == 14)))
    assert ips(log) == pytest.approx(worth[14], abs=0.06)
    assert snips(log) == pytest.approx(worth[14], abs=0.02)
    with pytest.raises(ValueError, match="nothing"):
        snips([LoggedPlace(1.0, 0.5, 0.0)])
    with pytest.raises(ValueError, match="empty"):
        ips([])
