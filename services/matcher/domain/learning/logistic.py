"""Logistic regression with weights and a penalty towards a given point."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_STEPS = 60
_HALVINGS = 30
_ENOUGH = 1e-10
_STEEPEST = 35.0
RIDGE = 1e-6
"""Keeps what is not penalised finite where the outcomes can be told apart entirely."""


def sigmoid(x: Array) -> Array:
    """Logistic curve, of any shape."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -_STEEPEST, _STEEPEST))), dtype=np.float64)


def fit_logistic(
    design: Array, labels: Array, weights: Array, *, towards: Array, penalty: Array
) -> Array:
    """Coefficients, shape (k,), by Newton's method with step halving; the loss is convex.

    `design` is (n, k), `labels` 0 to 1 and `weights` (n,); `penalty` (k,) is the precision of a
    normal prior around `towards`.
    """
    strength = penalty + RIDGE

    def loss(at: Array) -> float:
        odds = design @ at
        fit = np.logaddexp(0.0, odds) - labels * odds
        return float(weights @ fit + 0.5 * strength @ (at - towards) ** 2)

    found = towards.astype(np.float64).copy()
    for _ in range(_STEPS):
        p = sigmoid(design @ found)
        gradient = design.T @ (weights * (p - labels)) + strength * (found - towards)
        curvature = (design * (weights * p * (1 - p))[:, None]).T @ design + np.diag(strength)
        step = np.linalg.solve(curvature, gradient)
        before, size = loss(found), 1.0
        for _ in range(_HALVINGS):
            if loss(found - size * step) <= before:
                break
            size /= 2
        found = found - size * step
        if float(np.abs(size * step).max(initial=0.0)) < _ENOUGH:
            break
    return found
