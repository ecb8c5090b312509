"""Asking the index: a broad round for candidates, an exact one for the best of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import repeat

import numpy as np

from services.matcher.domain.constants import CANDIDATES_PER_STATEMENT
from services.matcher.domain.pair_score import PairEvidence, rarest_idf
from services.matcher.domain.statements import StatementKey
from services.matcher.index_hits import Hits
from services.matcher.ports import IndexFilter, IndexQuery, VectorIndex
from services.matcher.service.encoding import Probe
from shared.contracts.organisation import Side

Pair = tuple[StatementKey, StatementKey]
_pair_evidence: Callable[[tuple[float, float]], PairEvidence] = partial(tuple.__new__, PairEvidence)


@dataclass(frozen=True)
class Question:
    """A text, and the side on which it looks for answers."""

    probe: Probe
    side: Side


@dataclass
class Evidence:
    """Cosines and lexical scores of (own statement, other statement)."""

    similarities: dict[Pair, float] = field(default_factory=dict)
    lexical: dict[Pair, float] = field(default_factory=dict)
    words: dict[StatementKey, int] = field(default_factory=dict)
    """Different words of each own statement."""
    rarest: float = 1.0
    """IDF of a word that one statement alone has."""
    _put_together: dict[Pair, PairEvidence] | None = None

    def of(self, own: StatementKey, other: StatementKey) -> PairEvidence | None:
        """None where the index gave no cosine for the pair."""
        if self._put_together is None:
            self._put_together = self._all()
        return self._put_together.get((own, other))

    def so_far(self, own: StatementKey, other: StatementKey) -> PairEvidence:
        """With a cosine of 0, that of unrelated texts, where only words have brought it up."""
        return self.of(own, other) or PairEvidence(0.0, self.share(own, other))

    def pairs(self) -> set[Pair]:
        """All that came up."""
        return {*self.similarities, *self.lexical}

    def add(self, question: Question, hits: Hits, *, dense: bool) -> None:
        """Take in the answer to one query."""
        own, scores = question.probe.key, self.similarities if dense else self.lexical
        pairs = zip(repeat(own), hits.keys, strict=False)
        scores.update(zip(pairs, hits.scores.tolist(), strict=True))
        self.words[own] = len(question.probe.lexical.indices)
        self._put_together = None

    def _all(self) -> dict[Pair, PairEvidence]:
        """Of every pair that has a cosine: nearly all are asked for, in both directions."""
        pairs, score = list(self.similarities), self.lexical.get
        cosines = np.fromiter(self.similarities.values(), np.float64, len(pairs))
        scores = np.array([score(pair, 0.0) for pair in pairs])
        most = np.array([self.words.get(own, 0) for own, _ in pairs]) * self.rarest
        shares = np.divide(scores, most, out=np.zeros(len(pairs)), where=most > 0)
        both = zip(cosines.clip(-1, 1).tolist(), shares.clip(0, 1).tolist(), strict=True)
        return dict(zip(pairs, map(_pair_evidence, both), strict=True))

    def share(self, own: StatementKey, other: StatementKey) -> float:
        """Of the score that all words of the question would give, were they as rare as can be.

        Not of the best answer's score: some answer is always the best, however little it says.
        """
        score = self.lexical.get((own, other))
        if not score:
            return 0.0
        most = self.words.get(own, 0) * self.rarest
        return min(1.0, max(0.0, score / most)) if most > 0 else 0.0


async def evidence_from(index: VectorIndex) -> Evidence:
    """Empty evidence that knows the size of the collection."""
    return Evidence(rarest=rarest_idf(await index.count()))


async def ask(
    index: VectorIndex,
    questions: Sequence[Question],
    narrowing: IndexFilter,
    evidence: Evidence,
    *,
    limit: int = CANDIDATES_PER_STATEMENT,
) -> None:
    """Ask everything, dense and lexical, in one round trip; answers are added to `evidence`.

    `narrowing` is the filter; its side is replaced by each question's own.
    """
    asked: list[tuple[Question, bool]] = []
    queries: list[IndexQuery] = []
    for question in questions:
        conditions = replace(narrowing, side=question.side)
        asked.append((question, True))
        queries.append(IndexQuery(conditions, limit, dense=question.probe.dense))
        if question.probe.lexical.indices:
            asked.append((question, False))
            queries.append(IndexQuery(conditions, limit, lexical=question.probe.lexical))
    answers = await index.query(queries) if queries else []
    for (question, dense), hits in zip(asked, answers, strict=True):
        evidence.add(question, hits, dense=dense)


async def ask_exactly(
    index: VectorIndex,
    questions: Sequence[Question],
    narrowing: IndexFilter,
    organisations: Sequence[str],
    evidence: Evidence,
    *,
    statements: int,
) -> None:
    """All pairs with these organisations, which have so many statements together."""
    if organisations:
        only = replace(narrowing, organisations=tuple(organisations))
        await ask(index, questions, only, evidence, limit=max(1, statements))
