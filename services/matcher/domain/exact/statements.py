"""The vectors of all statements, sorted by organisation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class OneSide:
    """All needs, or all capabilities."""

    vectors: Vectors
    """Corrected unit vectors, shape (statements, dimension), those of an organisation together."""
    counts: Ints
    """Statements of each organisation, shape (organisations,)."""
    weights: Vectors
    """What each statement counts, above 0, shape (statements,); see `mutual_score.standing`."""
    confidence: Vectors | None = None
    """Factor on each organisation's likelihood, shape (organisations,): below 1 for one whose
    capabilities stand in for needs that it has not stated. None for 1 everywhere."""

    @classmethod
    def of(cls, vectors: Vectors, owners: Ints, organisations: int, weights: Vectors) -> "OneSide":
        """Statements in any order; `owners` are places of organisations."""
        order = np.argsort(owners, kind="stable")
        counts = np.bincount(owners, minlength=organisations)
        return cls(vectors[order], counts, weights[order])

    @property
    def starts(self) -> Ints:
        """Where each organisation's statements begin, shape (organisations,)."""
        return np.cumsum(self.counts) - self.counts

    @property
    def owners(self) -> Ints:
        """Whose each statement is, shape (statements,)."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def of_organisations(self, places: Ints) -> "OneSide":
        """Those of some organisations, in the order of `places`."""
        counts = self.counts[places]
        first = np.repeat(self.starts[places] - (np.cumsum(counts) - counts), counts)
        rows = first + np.arange(counts.sum())
        confidence = None if self.confidence is None else self.confidence[places]
        return OneSide(self.vectors[rows], counts, self.weights[rows], confidence)


@dataclass(frozen=True)
class AllStatements:
    """Both sides of the same organisations."""

    needs: OneSide
    capabilities: OneSide

    @property
    def organisations(self) -> int:
        """How many there are; some may have nothing on a side."""
        return len(self.needs.counts)

    def of_organisations(self, places: Ints) -> "AllStatements":
        """Both sides of some of them."""
        return AllStatements(
            self.needs.of_organisations(places), self.capabilities.of_organisations(places)
        )
