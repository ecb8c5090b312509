"""What the baselines share: one score for each organisation of the corpus."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.evaluation.eligibility import Eligibility, Mask
from services.matcher.evaluation.engine import Progress, Ranking, silent
from services.matcher.evaluation.ordering import best

Scores = NDArray[np.float64]
"""Shape (organisations,), in the order of the corpus."""


class Baseline(ABC):
    """A RankingEngine that scores all organisations at once."""

    name: str

    def applies_to(self, corpus: Corpus, query: Query) -> bool:
        """Whether the baseline has anything to say; it is left out of the other figures."""
        return True

    async def prepare(self, corpus: Corpus, progress: Progress = silent) -> None:
        """Take in the corpus."""
        self.corpus = corpus
        self._names = [one.id for one in corpus.organisations]
        self._eligibility = Eligibility(corpus)
        await self.fit(corpus)

    async def rank(self, query: Query) -> Ranking:
        """The best of those that the query allows."""
        return best(self._names, self.scores(query), self.allowed(query))

    def allowed(self, query: Query) -> Mask:
        """Shape (organisations,)."""
        return self._eligibility.mask(query)

    @abstractmethod
    async def fit(self, corpus: Corpus) -> None:
        """Compute what does not depend on a query."""

    @abstractmethod
    def scores(self, query: Query) -> Scores:
        """All organisations, allowed or not."""
