"""Popularity: who has done much is often chosen again."""

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query


class Popularity(Baseline):
    """log(1 + statements + collaborations), the same for every query."""

    name = "popularity"

    async def fit(self, corpus: Corpus) -> None:
        self._scores = np.log1p(
            [
                len(one.capabilities) + len(one.needs) + sum(c.count for c in one.collaborations)
                for one in corpus.organisations
            ]
        )

    def scores(self, query: Query) -> Scores:
        return self._scores
