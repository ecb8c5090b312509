"""The production use cases with other weights, over the index that is already there."""

from services.matcher.api.use_cases import UseCases
from services.matcher.domain.ranking_weights import Weights
from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.evaluation.engine import Progress, Ranking
from services.matcher.evaluation.production import ProductionEngine


class WeightedVariant:
    """A RankingEngine; the one that it varies has to be prepared before it."""

    def __init__(self, product: ProductionEngine, label: str, weights: Weights) -> None:
        self.name = f"{product.name}, {label}"
        self._product, self._weights = product, weights
        self._use_cases: UseCases | None = None

    async def prepare(self, corpus: Corpus, progress: Progress) -> None:
        """Weights matter when a query is ranked, not before."""
        self._use_cases = self._product.use_cases_with(self._weights)

    async def rank(self, query: Query) -> Ranking:
        """As the product."""
        assert self._use_cases
        return await self._product.rank_by(self._use_cases, query)
