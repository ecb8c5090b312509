"""How often which words stand in a text, as two short arrays."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.lexical import token_id


@dataclass(frozen=True)
class TermCounts:
    """Token ids, ascending, and how often each comes; both of shape (different words,)."""

    ids: NDArray[np.uint32]
    counts: NDArray[np.float32]
    edition: int = 0
    """Of the lexicon that made them."""

    @property
    def length(self) -> float:
        """Words, repeated ones included."""
        return float(self.counts.sum())

    def counts_of(self, ids: NDArray[np.uint32]) -> NDArray[np.float32]:
        """How often these come; shape of `ids`."""
        if not len(self.ids):
            return np.zeros(len(ids), dtype=np.float32)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        found: NDArray[np.float32] = np.where(self.ids[places] == ids, self.counts[places], 0)
        return found


NO_TERMS = TermCounts(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32))


def count_terms(tokens: Iterable[str], edition: int = 0) -> TermCounts:
    """Tokens that share an id add up."""
    counted = Counter(token_id(token) for token in tokens)
    ids = np.array(sorted(counted), dtype=np.uint32)
    counts = np.array([counted[int(id)] for id in ids], dtype=np.float32)
    return TermCounts(ids, counts, edition)


def add_up(parts: Sequence[TermCounts]) -> TermCounts:
    """The counts of all parts together."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NO_TERMS
    ids, places = np.unique(np.concatenate([one.ids for one in parts]), return_inverse=True)
    counts = np.bincount(places, weights=np.concatenate([one.counts for one in parts]))
    return TermCounts(ids.astype(np.uint32), counts.astype(np.float32))
