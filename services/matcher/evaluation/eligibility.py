"""Which organisations a query lets be ranked."""

import numpy as np
from numpy.typing import NDArray

from services.matcher.evaluation.dataset import Corpus, Query

Mask = NDArray[np.bool_]


class Eligibility:
    """`candidates`, `exclude`, the wanted `activity`, and never the one that asks."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._activity = np.array([one.activity or "" for one in corpus.organisations])

    def mask(self, query: Query) -> Mask:
        """Shape (organisations,)."""
        allowed = np.ones(len(self._activity), dtype=bool)
        if query.candidates is not None:
            allowed[:] = False
            allowed[self._places(query.candidates)] = True
        allowed[self._places(query.exclude)] = False
        if query.activity:
            allowed &= self._activity == query.activity
        if query.organisation is not None:
            allowed[self._places((query.organisation,))] = False
        return allowed

    def _places(self, names: tuple[str, ...]) -> list[int]:
        position = self._corpus.position
        return [position[name] for name in names if name in position]
