"""Dense maximum: the best cosine between a text of the query and one of the candidate."""

from collections.abc import Awaitable, Callable, Sequence

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.ports import Vectors
from shared.contracts.organisation import Side

Embed = Callable[[Sequence[tuple[str, Side]]], Awaitable[Vectors]]
"""Unit vectors, shape (texts, dimension), of (text, side)."""


class DenseMaximum(Baseline):
    """Plain cosines: no correction for language, no splitting, no direction back."""

    name = "dense maximum"

    def __init__(self, embed: Embed) -> None:
        self._embed = embed

    async def fit(self, corpus: Corpus) -> None:
        offers = [[(s.text, side) for s, side in one.offers] for one in corpus.organisations]
        asked = {query.id: corpus.asked(query) for query in corpus.queries}
        self._counts = np.array([len(one) for one in offers])
        texts = [text for one in offers for text in one]
        places: dict[str, list[int]] = {}
        for query, words in asked.items():
            places[query] = list(range(len(texts), len(texts) + len(words)))
            texts.extend(words)
        self._vectors = await self._embed(texts)
        self._asked = places

    def scores(self, query: Query) -> Scores:
        """-1 for one that offers nothing."""
        result = np.full(len(self._counts), -1.0)
        asked = self._asked[query.id]
        statements = int(self._counts.sum())
        if asked and statements:
            cosines = (self._vectors[:statements] @ self._vectors[asked].T).max(axis=1)
            offering = self._counts > 0
            starts = (np.cumsum(self._counts) - self._counts)[offering]
            result[offering] = np.maximum.reduceat(cosines, starts)
        return result
