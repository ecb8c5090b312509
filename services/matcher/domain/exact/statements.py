"""The vectors of all statements, sorted by organisation."""

from collections.abc import Sequence
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

    @classmethod
    def of(cls, vectors: Vectors, owners: Ints, organisations: int, weights: Vectors) -> "OneSide":
        """Statements in any order; `owners` are places of organisations."""
        order = np.argsort(owners, kind="stable")
        counts = np.bincount(owners, minlength=organisations)
        return cls(vectors[order], counts, weights[order])

    @classmethod
    def joined(cls, parts: Sequence["OneSide"], dimension: int) -> "OneSide":
        """The organisations of all parts, one part after the other."""
        filled = [one.vectors for one in parts if len(one.vectors)]
        return cls(
            np.concatenate([np.zeros((0, dimension), np.float32), *filled]),
            np.concatenate([np.zeros(0, np.int64), *(one.counts for one in parts)]),
            np.concatenate([np.zeros(0, np.float32), *(one.weights for one in parts)]),
        )

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
        return OneSide(self.vectors[rows], counts, self.weights[rows])


@dataclass(frozen=True)
class AllStatements:
    """Both sides of the same organisations."""

    needs: OneSide
    capabilities: OneSide

    @classmethod
    def joined(cls, parts: Sequence["AllStatements"]) -> "AllStatements":
        """The organisations of all parts, one part after the other."""
        needs, offers = [one.needs for one in parts], [one.capabilities for one in parts]
        # A side on which nobody states anything has no width of its own.
        widths = [one.vectors.shape[1] for one in (*needs, *offers) if len(one.vectors)]
        width = max(widths, default=0)
        return cls(OneSide.joined(needs, width), OneSide.joined(offers, width))

    @property
    def organisations(self) -> int:
        """How many there are; some may have nothing on a side."""
        return len(self.needs.counts)

    def of_organisations(self, places: Ints) -> "AllStatements":
        """Both sides of some of them."""
        return AllStatements(
            self.needs.of_organisations(places), self.capabilities.of_organisations(places)
        )
