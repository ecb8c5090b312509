"""From similarities of statements to shares of organisations."""

import numpy as np
import pytest

from services.matcher.domain.pooling import hub_level, near_level, temperature


def perplexity(values: np.ndarray, counts: np.ndarray, t: float) -> float:
    weights = np.repeat(np.exp(values / t), counts.astype(int))
    shares = weights / weights.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


@pytest.mark.parametrize("wanted", [5.0, 40.0, 150.0])
def test_the_temperature_gives_the_wanted_perplexity(wanted: float) -> None:
    rng = np.random.default_rng(3)
    values, counts = rng.normal(0.2, 0.1, 200), np.ones(200)
    t = temperature(values, counts, wanted)
    assert perplexity(values, counts, t) == pytest.approx(wanted, rel=1e-3)


def test_a_value_that_comes_often_counts_as_often() -> None:
    values, counts = np.array([0.5, 0.3, 0.1]), np.array([1.0, 1.0, 80.0])
    t = temperature(values, counts, 20.0)
    assert perplexity(values, counts, t) == pytest.approx(20.0, rel=1e-3)
    spread = np.repeat(values, counts.astype(int))
    assert t == pytest.approx(temperature(spread, np.ones(82), 20.0))


def test_the_temperature_stays_in_its_bounds() -> None:
    assert temperature(np.zeros(0), np.zeros(0), 5.0) == 1.0
    assert 0.005 <= temperature(np.array([1.0, 0.0]), np.ones(2), 1e-3) < 0.0051
    assert temperature(np.array([0.2, 0.2]), np.ones(2), 2.0) == pytest.approx(1.0, rel=1e-3)


def test_a_statement_near_to_all_needs_is_a_hub() -> None:
    rng = np.random.default_rng(5)
    similarity = rng.normal(0.0, 0.05, (50, 3))
    similarity[:, 1] += 0.3
    similarity[0, 2] = 0.9  # one need that it answers does not make it a hub
    level = hub_level(similarity)
    assert level[1] > level[0] + 0.25
    assert level[2] < 0.9


def test_each_language_has_the_level_of_its_nearest() -> None:
    values = np.concatenate([np.linspace(0.0, 0.6, 30), np.linspace(0.0, 0.3, 30)])
    languages = np.array(["en"] * 30 + ["zh"] * 30)
    levels = near_level(values, languages)
    assert levels[0] == pytest.approx(np.sort(values[:30])[-3:].mean())
    assert levels[-1] == pytest.approx(np.sort(values[30:])[-3:].mean())


def test_one_language_and_strays_have_no_level_of_their_own() -> None:
    values = np.linspace(0.0, 0.6, 60)
    assert not near_level(values, np.array(["en"] * 60)).any()
    assert not near_level(values, np.array(["en"] * 55 + ["zh"] * 5)).any()
    few = near_level(values, np.array(["en"] * 30 + ["zh"] * 29 + ["fr"]))
    assert few[-1] == max(few)
