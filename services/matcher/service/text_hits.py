"""Everything that the index knows for a text, in one round trip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.lexical import query_weights
from services.matcher.domain.ranking_weights import (
    NAMED_ORGANISATIONS,
    NEAR_LANGUAGE,
    RANKED_STATEMENTS,
    RankingWeights,
)
from services.matcher.domain.shares import by_share
from services.matcher.domain.statement_pool import FoundStatements, StatementPool, pool
from services.matcher.domain.statements import StatementKey
from services.matcher.ports import (
    IndexFilter,
    IndexHit,
    IndexQuery,
    Part,
    SparseVector,
    VectorIndex,
)
from services.matcher.service.encoding import Probe
from shared.contracts.organisation import Language

_WINDOWS = 2
"""Hits asked for among windows, in multiples of those asked for among statements."""


@dataclass(frozen=True)
class AskedText:
    """A text, its words in their order, and what asks the index."""

    probe: Probe
    words: tuple[str, ...]
    language: Language


@dataclass(frozen=True)
class TextHits:
    """Statements with their weights, and organisations whose names have words of the text."""

    pool: StatementPool
    rows: Mapping[StatementKey, int]
    """The place of a statement in the pool."""
    named: tuple[str, ...]
    one_language: bool
    """Whether all there is, is in the text's language."""

    def best_organisations(self, most: int) -> list[str]:
        """By the weight of what came up, best first, followed by those that are named."""
        return by_share(self.rows, self.pool.weights, self.named, most)


async def look(
    index: VectorIndex, asked: AskedText, narrowing: IndexFilter, weights: RankingWeights
) -> TextHits:
    """`narrowing` says among which statements."""
    # In a text of Latin letters two of the three are one.
    lexical_questions = _lexical_questions(asked)
    different = list(dict.fromkeys(lexical_questions))
    whole, windows, names, *lexical = await index.query(
        [
            IndexQuery(narrowing, RANKED_STATEMENTS, dense=asked.probe.dense),
            IndexQuery(
                replace(narrowing, part=Part.WINDOW),
                _WINDOWS * RANKED_STATEMENTS,
                dense=asked.probe.dense,
            ),
            IndexQuery(
                replace(narrowing, part=Part.NAME), NAMED_ORGANISATIONS, lexical=asked.probe.lexical
            ),
            *(IndexQuery(narrowing, RANKED_STATEMENTS, lexical=words) for words in different),
        ]
    )
    languages = _languages(whole)
    one_language = languages <= {asked.language}
    wanted = lexical_questions[0 if one_language else 1 if len(languages) > 1 else 2]
    keys, found = _joined(whole, windows, lexical[different.index(wanted)])
    everything = len(whole) < RANKED_STATEMENTS
    return TextHits(
        pool=pool(
            found,
            stored=len(whole) if everything else await index.count(),
            lexical=weights.lexical if one_language else weights.lexical_across,
            weights=weights,
        ),
        rows={key: row for row, key in enumerate(keys)},
        named=tuple(hit.key.organisation for hit in names),
        one_language=one_language,
    )


def _lexical_questions(asked: AskedText) -> tuple[SparseVector, ...]:
    """All words; those that no language owns; those that may stand in a text of another one."""
    identifiers = [word for word in asked.words if _is_identifier(word)]
    latin = [word for word in asked.words if word.isascii()]
    return (asked.probe.lexical, _sparse(identifiers), _sparse(latin))


def _is_identifier(word: str) -> bool:
    return any(one.isdigit() for one in word) and any(one.isalpha() for one in word)


def _sparse(words: Iterable[str]) -> SparseVector:
    weights = query_weights(words)
    return SparseVector(tuple(weights), tuple(weights.values()))


def _languages(hits: Sequence[IndexHit]) -> set[str]:
    """Those of more than a few; of a small platform, of more than a twentieth."""
    found = [hit.language for hit in hits]
    enough = min(NEAR_LANGUAGE, max(1, len(found) // 20))
    return {one for one in set(found) if found.count(one) >= enough}


def _joined(
    whole: Sequence[IndexHit], windows: Sequence[IndexHit], lexical: Sequence[IndexHit]
) -> tuple[list[StatementKey], FoundStatements]:
    told = {hit.key: hit for hits in (whole, windows, lexical) for hit in hits}
    place = {key: row for row, key in enumerate(told)}
    columns = np.full((3, len(place)), np.nan)
    for column, hits in zip(columns, (whole, windows, lexical), strict=True):
        # The best window comes first, and is what stays.
        for hit in reversed(hits):
            column[place[hit.key]] = hit.score
    highest = max((hit.score for hit in lexical), default=0.0)
    return list(place), FoundStatements(
        whole=columns[0],
        window=columns[1],
        lexical=np.nan_to_num(columns[2]) / highest if highest > 0 else np.zeros(len(place)),
        hub=np.array([hit.hub for hit in told.values()]),
        languages=np.array([hit.language for hit in told.values()], dtype=np.str_),
        contents=[hit.content or f"{key}" for key, hit in told.items()],
    )
