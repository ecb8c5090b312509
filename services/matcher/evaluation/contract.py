"""Checks that a ranking keeps to what its query allows: a cheat's figure is worth nothing."""

from math import isfinite

from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.evaluation.eligibility import Eligibility
from services.matcher.evaluation.engine import DEPTH, Ranking
from services.matcher.evaluation.ordering import in_order


class BrokenRankingError(Exception):
    """An engine ranked what the query rules out, something twice, or by no number."""


class RankingCheck:
    """The same check for every engine and baseline."""

    def __init__(self, engine: str, corpus: Corpus) -> None:
        self._engine, self._corpus = engine, corpus
        self._eligibility = Eligibility(corpus)

    def __call__(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking, best first, ties by id, at most DEPTH. Raises BrokenRankingError."""
        allowed = self._eligibility.mask(query)
        seen: set[str] = set()
        for name, score in ranking:
            place = self._corpus.position.get(name)
            if place is None or not allowed[place]:
                raise self._broken(query, f"{name}, which is no candidate")
            if name in seen:
                raise self._broken(query, f"{name} twice")
            if not isfinite(score):
                raise self._broken(query, f"{name} by {score}, which is no finite score")
            seen.add(name)
        return in_order(ranking)[:DEPTH]

    def _broken(self, query: Query, what: str) -> BrokenRankingError:
        return BrokenRankingError(f"{self._engine} ranks for query {query.id}: {what}")
