"""Metrics, intervals, significance, calibration: against numbers that were worked out by hand."""

from math import log2

import ir_measures
import numpy as np
import pytest

from services.matcher.evaluation.bootstrap import intervals
from services.matcher.evaluation.calibration import brier_score, expected_calibration_error
from services.matcher.evaluation.metrics import METRICS, per_query
from services.matcher.evaluation.significance import paired_p_value

RANKING = [("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.6)]


def test_metrics_of_one_ranking() -> None:
    (values,) = per_query({"q": {"b": 3, "d": 1, "x": 2, "a": 0}}, {"q": RANKING}, ["q"])
    found = dict(zip(METRICS, values, strict=True))
    ideal = 3 + 2 / log2(3) + 1 / 2
    assert found["nDCG@10"] == pytest.approx((3 / log2(3) + 1 / log2(5)) / ideal)
    assert found["R@1"] == 0
    assert found["R@10"] == found["R@50"] == pytest.approx(2 / 3)
    assert found["MRR"] == 0.5


def test_a_query_that_was_not_ranked_counts_as_nothing_found() -> None:
    judged = {"q": {"a": 1}, "missing": {"a": 1}, "empty": {"a": 1}}
    values = per_query(judged, {"q": RANKING, "empty": []}, ["missing", "q", "empty"])
    assert values.sum(axis=1).tolist() == [0, 5, 0]


def test_the_order_decides_where_scores_tie() -> None:
    run = {"q": [("b", 0.5), ("a", 0.5)]}
    (values,) = per_query({"q": {"b": 1}}, run, ["q"])
    assert values.tolist() == [1.0] * len(METRICS)


def naive(grades: dict[str, int], names: list[str]) -> list[float]:
    gains = [grades.get(name, 0) for name in names]
    ideal = sorted(grades.values(), reverse=True)
    relevant = sum(grade > 0 for grade in ideal)

    def dcg(these: list[int]) -> float:
        return sum(gain / log2(place + 2) for place, gain in enumerate(these[:10]))

    hits = [place for place, gain in enumerate(gains) if gain]
    recalls = [sum(place < k for place in hits) / relevant for k in (1, 10, 50)]
    return [dcg(gains) / dcg(ideal), *recalls, 1 / (hits[0] + 1) if hits else 0.0]


def test_metrics_equal_a_naive_version_on_random_rankings() -> None:
    generator = np.random.default_rng(5)
    names = [f"o{place}" for place in range(80)]
    for _ in range(20):
        grades = {name: int(generator.integers(1, 5)) for name in generator.choice(names, 6)}
        ranking = [(str(name), 0.0) for name in generator.permutation(names)[:60]]
        (values,) = per_query({"q": grades}, {"q": ranking}, ["q"])
        assert values == pytest.approx(naive(grades, [name for name, _ in ranking]))


def test_metrics_equal_the_librarys_own_means() -> None:
    judged = {"q": {"b": 3, "d": 1}, "r": {"a": 1}}
    run = {"q": dict(RANKING), "r": dict(RANKING)}
    measures = [ir_measures.parse_measure(name.replace("MRR", "RR")) for name in METRICS]
    means = ir_measures.calc_aggregate(measures, judged, run)
    values = per_query(judged, {"q": RANKING, "r": RANKING}, ["q", "r"]).mean(axis=0)
    assert values == pytest.approx([means[measure] for measure in measures])


def test_an_interval_holds_the_mean_and_is_the_same_again() -> None:
    values = np.random.default_rng(1).random((200, 2))
    first, second = intervals(values), intervals(values)
    assert first == second
    for one, column in zip(first, values.T, strict=True):
        assert one.low < one.mean < one.high
        normal = 1.96 * column.std() / np.sqrt(len(column))
        assert one.high - one.low == pytest.approx(2 * normal, rel=0.1)


def test_an_interval_covers_the_truth_in_about_95_of_100_samples() -> None:
    generator = np.random.default_rng(2)
    samples = generator.random((200, 40))
    covered = [
        one.low <= 0.5 <= one.high
        for one in (intervals(sample[:, None], resamples=300)[0] for sample in samples)
    ]
    assert 0.90 <= np.mean(covered) <= 0.99


def test_an_interval_of_constants_has_no_width_and_of_nothing_is_refused() -> None:
    (one,) = intervals(np.full((7, 1), 0.25))
    assert (one.low, one.mean, one.high) == pytest.approx((0.25, 0.25, 0.25))
    with pytest.raises(ValueError, match="no query"):
        intervals(np.zeros((0, 1)))


def test_the_p_value_of_few_queries_is_that_of_all_assignments() -> None:
    # Of the 16 ways to sign four equal differences, two are as extreme as the observed one.
    assert paired_p_value(np.full(4, 0.5)) == pytest.approx(2 / 16, abs=0.01)


def test_no_difference_and_a_clear_one() -> None:
    assert paired_p_value(np.zeros(9)) == 1.0
    assert paired_p_value(np.array([0.4, -0.4])) == 1.0
    assert paired_p_value(np.full(50, 0.1)) < 0.001


def test_p_values_are_uniform_where_nothing_differs() -> None:
    samples = np.random.default_rng(3).normal(size=(100, 20))
    found = [paired_p_value(one, rounds=200) for one in samples]
    assert np.mean(np.array(found) < 0.1) == pytest.approx(0.1, abs=0.08)


def test_calibration_error_by_hand() -> None:
    # Bin .1-.2: mean .15, accuracy .5, two of four; bin .9-1: mean .95, accuracy 1, two of four.
    error = expected_calibration_error([0.1, 0.2 - 1e-9, 0.9, 1.0], [0, 1, 1, 1])
    assert error == pytest.approx(0.5 * 0.35 + 0.5 * 0.05)


def test_perfect_and_worst_probabilities() -> None:
    assert expected_calibration_error([0.0, 1.0], [0, 1]) == 0
    assert expected_calibration_error([0.0, 1.0], [1, 0]) == 1
    assert expected_calibration_error([0.5] * 4, [0, 1, 0, 1]) == 0


def test_gaps_of_opposite_sign_in_different_bins_do_not_cancel() -> None:
    assert expected_calibration_error([0.25, 0.75], [1, 0]) == pytest.approx(0.75)


def test_brier_by_hand() -> None:
    assert brier_score([0.5, 1.0, 0.0], [1, 1, 1]) == pytest.approx((0.25 + 0 + 1) / 3)


@pytest.mark.parametrize(
    ("probabilities", "labels", "message"),
    [
        ([], [], "no probability"),
        ([0.5], [0, 1], "two lists of one length"),
        ([1.1], [1], "outside 0 to 1"),
        ([float("nan")], [1], "outside 0 to 1"),
        ([0.5], [2], "neither 0 nor 1"),
    ],
)
def test_calibration_refuses_what_is_no_probability(
    probabilities: list[float], labels: list[int], message: str
) -> None:
    for metric in (expected_calibration_error, brier_score):
        with pytest.raises(ValueError, match=message):
            metric(probabilities, labels)
