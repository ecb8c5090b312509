"""Common neighbours in the collaboration graph (Liben-Nowell & Kleinberg, CIKM 2003)."""

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query


class CommonNeighbours(Baseline):
    """With how many of the asking organisation's past partners a candidate has worked."""

    name = "common neighbours"

    def applies_to(self, corpus: Corpus, query: Query) -> bool:
        """Only for a stored organisation that has partners on record."""
        return query.organisation is not None and any(
            other.organisation in corpus.position
            for other in corpus.organisation(query.organisation).collaborations
        )

    async def fit(self, corpus: Corpus) -> None:
        self._neighbours: list[set[int]] = [set() for _ in corpus.organisations]
        for place, one in enumerate(corpus.organisations):
            for other in one.collaborations:
                there = corpus.position.get(other.organisation)
                if there is not None and there != place:
                    self._neighbours[place].add(there)
                    self._neighbours[there].add(place)

    def scores(self, query: Query) -> Scores:
        total = np.zeros(len(self._neighbours))
        if query.organisation is not None:
            for partner in self._neighbours[self.corpus.position[query.organisation]]:
                total[list(self._neighbours[partner])] += 1
        return total
