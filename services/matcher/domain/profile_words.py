"""BM25 of a text over whole profiles.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.ranking_weights import PROFILE_B, PROFILE_K1, PROFILE_K3
from services.matcher.domain.term_counts import TermCounts
from services.matcher.domain.word_statistics import WordStatistics

Floats = NDArray[np.float64]
_REMAINDERS = 1 << 16


def profile_scores(
    text: TermCounts, profiles: Sequence[Sequence[TermCounts]], words: WordStatistics
) -> Floats:
    """The score of each profile, given as its statements; shape (profiles,)."""
    if not profiles or not len(text.ids):
        return np.zeros(len(profiles))
    counts, lengths = _counted(text, profiles)
    average = words.profile_length or max(float(lengths.mean()), 1.0)
    norm = PROFILE_K1 * (1 - PROFILE_B + PROFILE_B * lengths / average)
    saturated = counts * (PROFILE_K1 + 1) / (counts + norm[:, None])
    scores: Floats = saturated @ _worth(text, words)
    return scores


def evidence(
    text: TermCounts, profiles: Sequence[Sequence[TermCounts]], words: WordStatistics
) -> Floats:
    """Those scores by the root of the most that the text could score; shape (profiles,).

    The bound is the text's own, so that the best of poor answers stays poor, and scores of
    different texts can be compared. Words that agree by chance add up like the root of a length.
    """
    most = float(_worth(text, words).sum()) * (PROFILE_K1 + 1)
    scores = profile_scores(text, profiles, words)
    return scores / np.sqrt(most) if most > 0 else scores


def _worth(text: TermCounts, words: WordStatistics) -> Floats:
    repeated = text.counts * (PROFILE_K3 + 1) / (text.counts + PROFILE_K3)
    worth: Floats = words.profiles.idf(text.ids) * words.need_worth(text.ids) * repeated
    return worth


def _counted(text: TermCounts, profiles: Sequence[Sequence[TermCounts]]) -> tuple[Floats, Floats]:
    """How often each word of the text comes in each profile, and all words of the profiles."""
    parts = [(row, one) for row, profile in enumerate(profiles) for one in profile]
    shape = (len(profiles), len(text.ids))
    if not parts:
        return np.zeros(shape), np.zeros(len(profiles))
    rows = np.repeat([row for row, _ in parts], [len(one.ids) for _, one in parts])
    ids = np.concatenate([one.ids for _, one in parts])
    counts = np.concatenate([one.counts for _, one in parts])
    # Nearly all words are others: a table of remainders drops them before the exact look.
    table = np.zeros(_REMAINDERS, dtype=np.bool_)
    table[text.ids % _REMAINDERS] = True
    likely = np.flatnonzero(table[ids % _REMAINDERS])
    places = np.minimum(np.searchsorted(text.ids, ids[likely]), len(text.ids) - 1)
    exact = text.ids[places] == ids[likely]
    asked = likely[exact]
    cells = rows[asked] * shape[1] + places[exact]
    found = np.bincount(cells, weights=counts[asked], minlength=shape[0] * shape[1])
    lengths = np.bincount(rows, weights=counts, minlength=shape[0])
    return found.reshape(shape).astype(np.float64), lengths.astype(np.float64)
