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


def profile_scores(
    text: TermCounts, profiles: Sequence[TermCounts], words: WordStatistics
) -> Floats:
    """The score of each profile, shape (profiles,)."""
    if not profiles or not len(text.ids):
        return np.zeros(len(profiles))
    counts = np.stack([one.counts_of(text.ids) for one in profiles]).astype(np.float64)
    lengths = np.array([one.length for one in profiles])
    average = words.profile_length or max(float(lengths.mean()), 1.0)
    norm = PROFILE_K1 * (1 - PROFILE_B + PROFILE_B * lengths / average)
    saturated = counts * (PROFILE_K1 + 1) / (counts + norm[:, None])
    repeated = text.counts * (PROFILE_K3 + 1) / (text.counts + PROFILE_K3)
    worth = words.profiles.idf(text.ids) * words.need_worth(text.ids) * repeated
    scores: Floats = saturated @ worth
    return scores


def of_best(scores: Floats) -> Floats:
    """By the best score, 0 to 1."""
    highest = float(scores.max(initial=0.0))
    return scores / highest if highest > 0 else scores
