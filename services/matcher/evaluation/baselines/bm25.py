"""BM25 over whole profiles, the platform's own words and weights, IDF of the corpus."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.lexical import document_weights, query_weights
from services.matcher.evaluation.baselines.base import Baseline, Scores
from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.index.tokens import tokens


class ProfileBm25(Baseline):
    """All that an organisation offers is one document (Robertson & Zaragoza 2009)."""

    name = "BM25 of profiles"

    async def fit(self, corpus: Corpus) -> None:
        self._words: dict[str, list[str]] = {}
        documents = [
            [word for statement, _ in one.offers for word in self._tokens(statement.text)]
            for one in corpus.organisations
        ]
        length = float(np.mean([len(one) for one in documents])) or 1.0
        places: defaultdict[int, list[int]] = defaultdict(list)
        weights: defaultdict[int, list[float]] = defaultdict(list)
        for place, document in enumerate(documents):
            for token, weight in document_weights(document, length).items():
                places[token].append(place)
                weights[token].append(weight)
        self._postings: dict[int, tuple[NDArray[np.intp], Scores]] = {
            token: (np.array(places[token]), np.array(weights[token]) * _idf(len(documents), found))
            for token, found in ((token, len(these)) for token, these in places.items())
        }

    def scores(self, query: Query) -> Scores:
        total = np.zeros(len(self.corpus.organisations))
        words = [word for text, _ in self.corpus.asked(query) for word in self._tokens(text)]
        for token in query_weights(words):
            if token in self._postings:
                places, weights = self._postings[token]
                total[places] += weights
        return total

    def _tokens(self, text: str) -> list[str]:
        """Many organisations state the text of one project: each is cut once."""
        if text not in self._words:
            self._words[text] = tokens(text)
        return self._words[text]


def _idf(documents: int, found: int) -> float:
    return float(np.log(1 + (documents - found + 0.5) / (found + 0.5)))
