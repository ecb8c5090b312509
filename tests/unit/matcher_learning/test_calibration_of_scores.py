"""A shown score is the probability that a coordinator would approve."""

import numpy as np
import pytest

from services.matcher.domain.calibration import (
    PRIOR,
    Method,
    fit_calibration,
    raw_of,
)
from services.matcher.domain.calibration_error import (
    expected_calibration_error,
    log_loss,
    ranking_auc,
)
from services.matcher.domain.learning.logistic import Array, sigmoid


def decided(seed: int, count: int) -> tuple[Array, Array]:
    """Scores that promise far more than coordinators approve."""
    rng = np.random.default_rng(seed)
    raw = rng.normal(0.0, 3.0, count)
    return raw, (rng.random(count) < sigmoid(0.5 * raw - 1.5)).astype(np.float64)


@pytest.mark.parametrize(("count", "method"), [(400, Method.PLATT), (4000, Method.ISOTONIC)])
def test_calibrated_scores_are_honest_on_held_out_decisions(count: int, method: Method) -> None:
    raw, labels = decided(1, count)
    found = fit_calibration(raw, labels)
    assert found.method is method
    held_out, outcomes = decided(2, 20_000)
    assert expected_calibration_error(sigmoid(held_out), outcomes) > 0.15
    assert expected_calibration_error(found.probabilities(held_out), outcomes) <= 0.03
    assert log_loss(found.probabilities(held_out), outcomes) < log_loss(sigmoid(held_out), outcomes)


def test_few_or_one_sided_decisions_leave_the_prior() -> None:
    raw, labels = decided(3, 99)
    assert fit_calibration(raw, labels) is PRIOR
    raw, _ = decided(3, 500)
    assert fit_calibration(raw, np.ones(500)) is PRIOR


@pytest.mark.parametrize("count", [400, 4000])
def test_calibration_never_changes_an_order(count: int) -> None:
    found = fit_calibration(*decided(4, count))
    assert (np.diff(found.probabilities(np.linspace(-15, 15, 2000))) > 0).all()


def test_the_prior_shows_the_score_itself() -> None:
    for score in (0.0, 0.013, 0.5, 1.0):
        assert PRIOR.probability(raw_of(score)) == pytest.approx(score, abs=1e-9)


def test_auc_counts_pairs_in_the_right_order() -> None:
    assert ranking_auc([0.9, 0.8, 0.1], [1, 1, 0]) == 1.0
    assert ranking_auc([0.5, 0.5], [1, 0]) == 0.5
    assert ranking_auc([0.1, 0.9], [1, 1]) == 0.5
