"""In how many profiles, names and needs a word comes: what makes a word worth something."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.term_counts import TermCounts

Ids = NDArray[np.uint32]
Floats = NDArray[np.float64]

_MOST_WORDS = 50_000
"""Kept of each kind, the most frequent ones; the others count as having come once."""
_FEWEST_NEEDS = 20


@dataclass(frozen=True)
class Frequencies:
    """Documents, and how many of them have a word; ids ascending, both of shape (words,)."""

    documents: int
    ids: Ids
    counts: NDArray[np.uint32]

    def of(self, ids: Ids) -> Floats:
        """How many have each of these words; 1 for words that are not kept."""
        known = TermCounts(self.ids, self.counts.astype(np.float32)).counts_of(ids)
        return np.maximum(known, 1.0).astype(np.float64)

    def idf(self, ids: Ids) -> Floats:
        """BM25's, which is never negative. All words are worth 1 where nothing is known."""
        if self.documents == 0:
            return np.ones(len(ids))
        found = np.minimum(self.of(ids), self.documents)
        idf: Floats = np.log1p((self.documents - found + 0.5) / (found + 0.5))
        return idf


NONE = Frequencies(0, np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32))


@dataclass(frozen=True)
class WordStatistics:
    """Of the platform's organisations."""

    profiles: Frequencies = NONE
    names: Frequencies = NONE
    needs: Frequencies = NONE
    profile_length: float = 0.0
    """Words of a profile, on average; 0 where nothing is known."""
    well_known: float = 0.0
    """Popularity that one organisation in ten has or exceeds; 0 where nothing is known."""

    def name_idf(self, ids: Ids) -> Floats:
        """A word of a name is worth no more than it is in texts."""
        return np.minimum(self.profiles.idf(ids), self.names.idf(ids))

    def need_worth(self, ids: Ids) -> Floats:
        """1 - sqrt(share of the needs that use a word): `develop`, `objective` say little.

        1 for all while there are few needs.
        """
        if self.needs.documents < _FEWEST_NEEDS:
            return np.ones(len(ids))
        # A word that is not among the kept ones counts as 1, whether a need has it or not.
        worth: Floats = 1 - np.sqrt(self.needs.of(ids) / (self.needs.documents + 5))
        return worth


NO_WORDS = WordStatistics()


def frequencies(documents: Iterable[TermCounts]) -> Frequencies:
    """Counted over these documents."""
    kept = [one.ids for one in documents]
    if not kept:
        return NONE
    ids, counts = np.unique(np.concatenate(kept), return_counts=True)
    if len(ids) > _MOST_WORDS:
        frequent = np.sort(np.argsort(-counts, kind="stable")[:_MOST_WORDS])
        ids, counts = ids[frequent], counts[frequent]
    several = counts > 1
    return Frequencies(len(kept), ids[several].astype(np.uint32), counts[several].astype(np.uint32))


def word_statistics(
    profiles: Iterable[TermCounts], names: Iterable[TermCounts], needs: Iterable[TermCounts]
) -> WordStatistics:
    """One document for each organisation's capabilities, for each name, and for each need."""
    texts = list(profiles)
    return WordStatistics(
        profiles=frequencies(texts),
        names=frequencies(names),
        needs=frequencies(needs),
        profile_length=float(np.mean([one.length for one in texts])) if texts else 0.0,
    )
