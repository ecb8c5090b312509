"""Who could be suggested to whom, and what that is worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class MustHaves:
    """Of each seeker's must-have needs, which a candidate meets."""

    stated: Ints
    """How many each seeker has, shape (seekers,), at most 62."""
    met: Ints
    """One bit for each need that the candidate meets, shape (edges,)."""


@dataclass(frozen=True)
class CandidateGraph:
    """Directed edges from a seeker's list to a partner, in order: seeker, best first, partner."""

    seekers: int
    partners: int
    seeker: Ints
    """Shape (edges,), places in 0..seekers."""
    partner: Ints
    value: Floats
    """Expected mutual value: the chance that both say yes, 0 to 1."""
    given: Ints
    """Where each edge stood in the arrays that the graph was made of."""
    threshold: float = 0.0
    """A candidate counts from this value on; the others are left out."""
    must_haves: MustHaves | None = None

    @classmethod
    def of(
        cls,
        seekers: int,
        partners: int,
        seeker: ArrayLike,
        partner: ArrayLike,
        value: ArrayLike,
        *,
        threshold: float = 0.0,
        must_haves: MustHaves | None = None,
    ) -> "CandidateGraph":
        """Edges in any order; their order changes nothing.

        Raises ValueError for places out of range, an edge that is there twice, values that are
        not between 0 and 1, arrays of different lengths.
        """
        i, j = np.asarray(seeker, dtype=np.int64), np.asarray(partner, dtype=np.int64)
        v = np.asarray(value, dtype=np.float64)
        _check(seekers, partners, i, j, v)
        order = np.lexsort((j, -v, i))
        order = order[v[order] >= threshold]
        if must_haves is not None:
            must_haves = MustHaves(must_haves.stated, must_haves.met[order])
        return cls(seekers, partners, i[order], j[order], v[order], order, threshold, must_haves)

    @classmethod
    def mutual(
        cls,
        organisations: int,
        first: ArrayLike,
        second: ArrayLike,
        value: ArrayLike,
        *,
        threshold: float = 0.0,
    ) -> "CandidateGraph":
        """Of unordered pairs, each once: either may stand in the other's list.

        `given` of the second half of the directed edges continues after the pairs: edge e and
        e + len(first) are the same pair.
        """
        i, j, v = np.asarray(first), np.asarray(second), np.asarray(value)
        return cls.of(
            organisations,
            organisations,
            np.concatenate([i, j]),
            np.concatenate([j, i]),
            np.concatenate([v, v]),
            threshold=threshold,
        )

    @property
    def edges(self) -> int:
        """How many are at or above the threshold."""
        return len(self.value)

    def rank(self) -> Ints:
        """Place of each edge among its seeker's, 0 for the best."""
        return ranks(self.seeker, self.seekers)

    def choices(self) -> Ints:
        """Candidates of each seeker, shape (seekers,)."""
        return np.bincount(self.seeker, minlength=self.seekers)

    def wanted(self) -> Ints:
        """In how many seekers' candidates each partner is, shape (partners,)."""
        return np.bincount(self.partner, minlength=self.partners)


def ranks(seeker: Ints, seekers: int) -> Ints:
    """Place of each entry among its seeker's, for entries sorted by seeker."""
    counts = np.bincount(seeker, minlength=seekers)
    starts = np.cumsum(counts) - counts
    return np.arange(len(seeker)) - starts[seeker]


def _check(seekers: int, partners: int, i: Ints, j: Ints, v: Floats) -> None:
    if not len(i) == len(j) == len(v):
        raise ValueError("seeker, partner and value must have the same length")
    if len(i) and (i.min() < 0 or i.max() >= seekers or j.min() < 0 or j.max() >= partners):
        raise ValueError("an edge names a seeker or a partner that is not there")
    if not (np.isfinite(v).all() and (v >= 0).all() and (v <= 1).all()):
        raise ValueError("values must be between 0 and 1")
    if len(np.unique(i * partners + j)) != len(i):
        raise ValueError("a pair is there twice")
