"""BM25 over the statements of one group, as the index computes it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.lexical import AVERAGE_LENGTH, K1, B
from services.matcher.domain.term_counts import TermCounts
from services.matcher.ports import SparseVector

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class WordCounts:
    """In how many texts each word stands, of how many: what IDF is made of."""

    words: NDArray[np.uint32]
    """Ascending."""
    texts: NDArray[np.int64]
    total: int

    @classmethod
    def of(cls, counted: Sequence[TermCounts]) -> "WordCounts":
        """Words that stand in no text at all do not count it."""
        spoken = [one.ids for one in counted if len(one.ids)]
        every = np.concatenate([np.zeros(0, dtype=np.uint32), *spoken])
        words, texts = np.unique(every, return_counts=True)
        return cls(words, texts, len(spoken))

    def and_those_of(self, other: "WordCounts") -> "WordCounts":
        """Of both."""
        words, places = np.unique(np.concatenate([self.words, other.words]), return_inverse=True)
        texts = np.bincount(places, weights=np.concatenate([self.texts, other.texts]))
        return WordCounts(words, texts.astype(np.int64), self.total + other.total)

    def idf(self, words: NDArray[np.uint32]) -> Floats:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), shape of `words` (Robertson & Zaragoza 2009)."""
        count = np.zeros(len(words))
        if len(self.words):
            place = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
            count = np.where(self.words[place] == words, self.texts[place], 0)
        found: Floats = np.log1p((self.total - count + 0.5) / (count + 0.5))
        return found


@dataclass(frozen=True)
class Postings:
    """Which texts have a word, and with which weight."""

    words: NDArray[np.uint32]
    starts: Ints
    """Of each word's texts, and the end of the last."""
    rows: Ints
    weights: NDArray[np.float32]
    texts: int

    @classmethod
    def of(cls, counted: Sequence[TermCounts]) -> "Postings":
        """Of texts, in their order."""
        lengths = np.array([len(one.ids) for one in counted], dtype=np.int64)
        ids = np.concatenate([np.zeros(0, dtype=np.uint32), *(one.ids for one in counted)])
        often = np.concatenate([np.zeros(0, dtype=np.float32), *(one.counts for one in counted)])
        total = np.array([one.length for one in counted])
        norm = np.repeat(K1 * (1 - B + B * total / AVERAGE_LENGTH), lengths)
        weights = (often * (K1 + 1) / (often + norm)).astype(np.float32)
        order = np.argsort(ids, kind="stable")
        words, starts = np.unique(ids[order], return_index=True)
        rows = np.repeat(np.arange(len(counted)), lengths)[order]
        return cls(words, np.append(starts, len(ids)), rows, weights[order], len(counted))

    def scores(self, asked: SparseVector, counts: WordCounts) -> Floats:
        """Of all texts, shape (texts,); 0 for those without any of the words."""
        ids = np.array(asked.indices, dtype=np.uint32)
        if not len(self.words) or not len(ids):
            return np.zeros(self.texts)
        place = np.minimum(np.searchsorted(self.words, ids), len(self.words) - 1)
        there = self.words[place] == ids
        place = place[there]
        worth = (counts.idf(ids) * np.array(asked.values))[there]
        starts, lengths = self.starts[place], self.starts[place + 1] - self.starts[place]
        first = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        hits = first + np.arange(lengths.sum())
        found = self.weights[hits] * np.repeat(worth, lengths)
        totals = np.bincount(self.rows[hits], weights=found, minlength=self.texts)
        return totals.astype(np.float64)
