"""Generated statements for the rematch: unit vectors around topics, spread over organisations."""

import numpy as np

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.statements import AllStatements, Ints, OneSide
from services.matcher.domain.language_correction import Background

DIMENSION = 384
LIKELIHOOD = CosineLikelihood.against(Background(0.0, 0.08, 1))
"""As measured on the platform's own texts."""

_TOPIC_SIZE = 50
_NEARNESS = 0.7


def generated(organisations: int, statements: int, seed: int = 7) -> AllStatements:
    """Half needs, half capabilities; every organisation has both, some many."""
    rng = np.random.default_rng(seed)
    count = statements // 2
    topics = rng.standard_normal((max(1, count // _TOPIC_SIZE), DIMENSION), dtype=np.float32)

    def side() -> OneSide:
        vectors = _NEARNESS * topics[rng.integers(0, len(topics), count)]
        vectors += rng.standard_normal(vectors.shape, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        owners = _owners(rng, organisations, count)
        return OneSide.of(vectors, owners, organisations, np.ones(count, dtype=np.float32))

    return AllStatements(side(), side())


def _owners(rng: np.random.Generator, organisations: int, count: int) -> Ints:
    """One each, the rest by a long-tailed share."""
    share = rng.pareto(2.0, organisations) + 0.1
    more = rng.choice(organisations, count - organisations, p=share / share.sum())
    return np.concatenate([np.arange(organisations), more])
