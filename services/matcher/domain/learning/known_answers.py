"""How high a ranking puts answers that are known to be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.domain.partner_features import PartnerFeature
from services.matcher.domain.ranking import rounded


@dataclass(frozen=True, slots=True)
class Candidate:
    """One that was ranked, as the hand-set weights have it."""

    id: str
    score: float
    features: tuple[PartnerFeature, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A query's candidates, in any order, and those that are right."""

    candidates: tuple[Candidate, ...]
    right: frozenset[str]

    def reciprocal_rank(self, ranking: LearnedRanking) -> float:
        """Of the first right one in the order that would be shown; 0 where none is there."""
        order = sorted(
            (-rounded(ranking.score(c.score, c.features)), c.id) for c in self.candidates
        )
        ranks = (rank for rank, (_, id) in enumerate(order, start=1) if id in self.right)
        return 1 / first if (first := next(ranks, None)) else 0.0


@dataclass(frozen=True)
class GoldenFigures:
    """Mean reciprocal rank, and the share of queries whose first place is right."""

    mrr: float
    first: float


def golden_figures(ranking: LearnedRanking, queries: Sequence[Answered]) -> GoldenFigures:
    """Over all queries. Raises ValueError for none."""
    if not queries:
        raise ValueError("no query has a known answer")
    found = np.array([one.reciprocal_rank(ranking) for one in queries])
    return GoldenFigures(float(found.mean()), float((found == 1).mean()))
