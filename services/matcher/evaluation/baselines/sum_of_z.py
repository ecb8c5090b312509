"""The other baselines together: the sum of their z-scores, equal weights, nothing tuned."""

from collections.abc import Sequence

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.evaluation.engine import Progress, silent


class SumOfZ(Baseline):
    """Each part is standardised over the query's own candidates."""

    def __init__(self, parts: Sequence[Baseline]) -> None:
        self.name = "sum of z-scores"
        self._parts = parts

    async def prepare(self, corpus: Corpus, progress: Progress = silent) -> None:
        """The parts are prepared by whoever runs them; then this."""
        await super().prepare(corpus, progress)

    async def fit(self, corpus: Corpus) -> None:
        """Nothing of its own."""

    def scores(self, query: Query) -> Scores:
        allowed = self.allowed(query)
        total = np.zeros(len(allowed))
        for part in self._parts:
            if allowed.any() and part.applies_to(self.corpus, query):
                scores = part.scores(query)
                total += (scores - scores[allowed].mean()) / (scores[allowed].std() + 1e-9)
        return total
