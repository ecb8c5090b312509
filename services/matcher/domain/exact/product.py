"""Values of all pairs of two blocks."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.slots import Slots

Values = NDArray[np.float32]


class BlockProduct(Protocol):
    """Does the heavy part; NumPy here, torch in the embedding."""

    @property
    def name(self) -> str:
        """For the job's record: library, type of number, device."""

    def prepared(self, needs: Slots, capabilities: Slots) -> Any:
        """A block in the form that `values` takes; kept for the whole run."""

    def values(self, first: Any, second: Any) -> Values:
        """Product of both directions' likelihoods, shape (first's, second's organisations)."""


class NumpyProduct:
    """BLAS through NumPy, float32."""

    name = "numpy float32 cpu"

    def __init__(self, likelihood: CosineLikelihood) -> None:
        self._likelihood = likelihood

    def prepared(self, needs: Slots, capabilities: Slots) -> tuple[Slots, Slots]:
        """As they are."""
        return needs, capabilities

    def values(self, first: tuple[Slots, Slots], second: tuple[Slots, Slots]) -> Values:
        """See `BlockProduct`."""
        receives = self._chances(first[0], second[1])
        gives = receives.T if first is second else self._chances(second[0], first[1]).T
        return np.multiply(receives, gives)

    def _chances(self, needs: Slots, capabilities: Slots) -> Values:
        """Likelihood of one direction, shape (askers, answerers)."""
        odds = self._summed(needs, self._best(needs, capabilities))
        odds /= odds + 1
        if needs.confidence is not None:
            odds *= needs.confidence[:, None]
        return np.maximum(odds, self._likelihood.floor, out=odds)

    def _best(self, needs: Slots, capabilities: Slots) -> Values:
        """Weighted odds of each need's best answer from each, shape (needs, answerers)."""
        cosines = needs.vectors @ capabilities.vectors.T
        best = np.full((len(cosines), capabilities.organisations), -np.inf, dtype=np.float32)
        for owners, start, end in capabilities.slices():
            some = slice(0, len(owners)) if _prefix(owners) else owners
            best[:, some] = np.maximum(best[:, some], cosines[:, start:end])
        best *= self._likelihood.scale
        best += (needs.log_weights - np.float32(self._likelihood.shift))[:, None]
        return np.exp(best, out=best)

    def _summed(self, needs: Slots, odds: Values) -> Values:
        total = np.zeros((needs.organisations, odds.shape[1]), dtype=np.float32)
        for owners, start, end in needs.slices():
            total[owners] += odds[start:end]
        return total


def _prefix(owners: NDArray[np.int64]) -> bool:
    return len(owners) > 0 and int(owners[-1]) == len(owners) - 1
