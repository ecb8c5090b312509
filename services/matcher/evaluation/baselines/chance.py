"""Chance: the floor of every metric."""

from hashlib import sha256

import numpy as np

from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query


class Random(Baseline):
    """A random order, the same for the same query id and seed."""

    name = "random"

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    async def fit(self, corpus: Corpus) -> None:
        """Nothing to learn."""

    def scores(self, query: Query) -> Scores:
        digest = sha256(f"{self._seed}:{query.id}".encode()).digest()
        generator = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        return generator.random(len(self.corpus.organisations))
