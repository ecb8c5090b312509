"""From the sum behind a score to the probability that a coordinator would approve."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from services.matcher.domain.learning.logistic import Array, fit_logistic, sigmoid

LEAST_DECISIONS = 100
"""With fewer the prior stays: the likelihood against the platform's own unrelated statements."""
LEAST_OF_EACH = 10
"""Of approvals and of rejections."""
ISOTONIC_DECISIONS = 1000
"""With fewer, isotonic regression fits the noise (Niculescu-Mizil & Caruana, ICML 2005)."""
TILT = 1e-3
"""Share of the plain curve in an isotonic one, so that no step ties what can be told apart."""
_EDGE = 1e-12


class Method(StrEnum):
    """How a calibration was made."""

    PRIOR = "prior"
    PLATT = "platt"
    ISOTONIC = "isotonic"


@dataclass(frozen=True)
class Calibration:
    """Strictly rising in the sum: it never changes an order."""

    method: Method = Method.PRIOR
    slope: float = 1.0
    intercept: float = 0.0
    knots: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    """The isotonic curve: probabilities at the knots, linear in between."""

    def probability(self, raw: float) -> float:
        """0 to 1, of log odds."""
        return float(self.probabilities(np.array([raw]))[0])

    def probabilities(self, raw: Array) -> Array:
        """The same for shape (n,)."""
        plain = sigmoid(self.slope * raw + self.intercept)
        if not self.knots:
            return plain
        steps = np.interp(raw, self.knots, self.values)
        return np.asarray((1 - TILT) * steps + TILT * plain, dtype=np.float64)


PRIOR = Calibration()


def raw_of(score: float) -> float:
    """Log odds of a score, finite for 0 and 1 as well."""
    bounded = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


def fit_calibration(raw: Array, labels: Array) -> Calibration:
    """The prior, Platt or isotonic, by how many decisions (n,) there are."""
    approved = int(labels.sum())
    if len(labels) < LEAST_DECISIONS or min(approved, len(labels) - approved) < LEAST_OF_EACH:
        return PRIOR
    platt = fit_platt(raw, labels)
    return platt if len(labels) < ISOTONIC_DECISIONS else fit_isotonic(raw, labels, platt)


def fit_platt(raw: Array, labels: Array) -> Calibration:
    """Platt 1999, with its smoothed targets; never falling."""
    good = float(labels.sum())
    high, low = (good + 1) / (good + 2), 1 / (len(labels) - good + 2)
    targets = np.where(labels == 1, high, low)
    design = np.column_stack([raw, np.ones_like(raw)])
    slope, intercept = fit_logistic(
        design, targets, np.ones_like(raw), towards=np.zeros(2), penalty=np.zeros(2)
    )
    if slope < TILT:
        return Calibration(
            Method.PLATT, TILT, float(np.log(np.mean(targets) / np.mean(1 - targets)))
        )
    return Calibration(Method.PLATT, float(slope), float(intercept))


def fit_isotonic(raw: Array, labels: Array, plain: Calibration) -> Calibration:
    """Pool adjacent violators (Ayer et al. 1955); a block's value stands at its mean sum."""
    order = np.argsort(raw, kind="stable")
    blocks: list[tuple[float, float, float]] = []  # size, sum of labels, sum of raw
    for x, y in zip(raw[order], labels[order], strict=True):
        size, good, total = 1.0, float(y), float(x)
        while blocks and blocks[-1][1] / blocks[-1][0] >= good / size:
            before = blocks.pop()
            size, good, total = size + before[0], good + before[1], total + before[2]
        blocks.append((size, good, total))
    return Calibration(
        Method.ISOTONIC,
        plain.slope,
        plain.intercept,
        tuple(total / size for size, _, total in blocks),
        tuple(good / size for size, good, _ in blocks),
    )
