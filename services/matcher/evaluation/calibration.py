"""How honest probabilities are: the platform's own measures."""

from services.matcher.domain.calibration_error import (
    BINS,
    brier_score,
    expected_calibration_error,
)

__all__ = ["BINS", "brier_score", "expected_calibration_error"]
