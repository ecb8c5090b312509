"""Everything that the index knows for a text."""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import cast

import numpy as np

from services.matcher.domain.lexical import K1, query_weights
from services.matcher.domain.ranking_weights import (
    NAMED_ORGANISATIONS,
    NEAR_LANGUAGE,
    RANKED_STATEMENTS,
    RankingWeights,
)
from services.matcher.domain.shares import by_share
from services.matcher.domain.statement_pool import FoundStatements, StatementPool, pool
from services.matcher.domain.statements import StatementKey
from services.matcher.domain.word_statistics import WordStatistics
from services.matcher.index_hits import Hits, PointTable, Rows, in_one_table
from services.matcher.ports import (
    IndexFilter,
    IndexQuery,
    Part,
    SparseVector,
    VectorIndex,
)
from services.matcher.service.encoding import Probe
from shared.contracts.organisation import Language

_LEAST = 1e-9


@dataclass(frozen=True)
class AskedText:
    """A text's words in their order, and as they ask the index."""

    lexical: SparseVector
    words: tuple[str, ...]
    language: Language


@dataclass(frozen=True)
class EmbeddedText(AskedText):
    """With its vector."""

    probe: Probe


@dataclass(frozen=True)
class TextHits:
    """Statements with their weights, and organisations whose names have words of the text."""

    pool: StatementPool
    table: PointTable
    found: Rows
    """The rows of the table that came up, in the order of the pool."""
    named: tuple[str, ...]
    one_language: bool
    """Whether all there is, is in the text's language."""
    nearest: Mapping[Language, float]
    """Cosine of the nearest whole statement of each language."""

    @cached_property
    def rows(self) -> Mapping[StatementKey, int]:
        """The place of a statement in the pool."""
        return self.table.places(self.found)

    def best_organisations(self, most: int) -> list[str]:
        """By the weight of what came up, best first, followed by those that are named."""
        return by_share(self.table.owners(self.found), self.pool.weights, self.named, most)


async def look(
    index: VectorIndex,
    asked: AskedText,
    probing: Awaitable[Probe],
    narrowing: IndexFilter,
    words: WordStatistics,
    weights: RankingWeights,
) -> TextHits:
    """By its words while the model is at work, then by its vector.

    `narrowing` says among which statements.
    """
    by_words = _ByWords.of(asked, narrowing)
    answers = await index.query(by_words.queries)
    nearest = await index.query(_nearest(await probing, narrowing))
    stored = await _stored(index, [nearest])
    return _hits(by_words, [*nearest, *answers], stored, words, weights)


async def look_for_all(
    index: VectorIndex,
    texts: Sequence[EmbeddedText],
    narrowing: IndexFilter,
    words: WordStatistics,
    weights: RankingWeights,
) -> list[TextHits]:
    """As `look` for each of the texts, all in one round trip."""
    by_words = [_ByWords.of(text, narrowing) for text in texts]
    queries = [
        [*_nearest(text.probe, narrowing), *one.queries]
        for one, text in zip(by_words, texts, strict=True)
    ]
    found = iter(await index.query([query for one in queries for query in one]))
    answers = [list(islice(found, len(one))) for one in queries]
    stored = await _stored(index, answers)
    return [
        _hits(one, answer, stored, words, weights)
        for one, answer in zip(by_words, answers, strict=True)
    ]


async def _stored(index: VectorIndex, answers: Sequence[Sequence[Hits]]) -> int:
    """All statements there are; not asked for where all of them have come up."""
    everything = all(len(one[0]) < RANKED_STATEMENTS for one in answers)
    return 0 if everything else await index.count()


def _nearest(probe: Probe, narrowing: IndexFilter) -> list[IndexQuery]:
    """Whole statements, then windows."""
    parts = (narrowing, replace(narrowing, part=Part.WINDOW))
    return [IndexQuery(part, RANKED_STATEMENTS, dense=probe.dense) for part in parts]


@dataclass(frozen=True)
class _ByWords:
    """A text's lexical queries: names, and then its lexical questions."""

    language: Language
    lexical: tuple[SparseVector, ...]
    different: tuple[SparseVector, ...]
    """In a text of Latin letters two of the three are one."""
    queries: tuple[IndexQuery, ...]

    @classmethod
    def of(cls, asked: AskedText, narrowing: IndexFilter) -> "_ByWords":
        lexical = _lexical_questions(asked)
        different = tuple(dict.fromkeys(lexical))
        names = replace(narrowing, part=Part.NAME)
        queries = (
            IndexQuery(names, NAMED_ORGANISATIONS, lexical=asked.lexical),
            *(IndexQuery(narrowing, RANKED_STATEMENTS, lexical=one) for one in different),
        )
        return cls(asked.language, lexical, different, queries)


def _hits(
    look: _ByWords,
    answers: Sequence[Hits],
    stored: int,
    words: WordStatistics,
    weights: RankingWeights,
) -> TextHits:
    whole, of_long, names, *lexical = answers
    windows = _with_short(of_long, whole)
    languages = _languages(whole)
    one_language = languages <= {look.language}
    wanted = look.lexical[0 if one_language else 1 if len(languages) > 1 else 2]
    answered = lexical[look.different.index(wanted)]
    table, rows, found = _joined(whole, windows, answered, most_lexical(wanted, words))
    return TextHits(
        pool=pool(
            found,
            stored=len(whole) if len(whole) < RANKED_STATEMENTS else stored,
            lexical=weights.lexical if one_language else weights.lexical_across,
            weights=weights,
        ),
        table=table,
        found=rows,
        named=tuple(names.organisations),
        one_language=one_language,
        nearest=_nearest_of_each(whole),
    )


def _nearest_of_each(whole: Hits) -> dict[Language, float]:
    codes = whole.table.language_of(whole.rows)
    return {
        cast(Language, whole.table.language(int(code))): float(whole.scores[codes == code].max())
        for code in np.unique(codes)
    }


def _lexical_questions(asked: AskedText) -> tuple[SparseVector, ...]:
    """All words; those that no language owns; those that may stand in a text of another one."""
    identifiers = [word for word in asked.words if _is_identifier(word)]
    latin = [word for word in asked.words if word.isascii()]
    return (asked.lexical, _sparse(identifiers), _sparse(latin))


def _is_identifier(word: str) -> bool:
    return any(one.isdigit() for one in word) and any(one.isalpha() for one in word)


def _sparse(words: Iterable[str]) -> SparseVector:
    weights = query_weights(words)
    return SparseVector(tuple(weights), tuple(weights.values()))


def _languages(hits: Hits) -> set[str]:
    """Those of more than a few; of a small platform, of more than a twentieth."""
    found, counts = np.unique(hits.table.language_of(hits.rows), return_counts=True)
    enough = min(NEAR_LANGUAGE, max(1, len(hits) // 20))
    return {hits.table.language(int(one)) for one in found[counts >= enough]}


def _with_short(windows: Hits, whole: Hits) -> Hits:
    """The best windows of all statements: a short one is its own window, and has come up whole."""
    table, (long, all_) = in_one_table((windows, whole))
    short = all_.only(~table.windowed(all_.rows))
    scores = np.concatenate([long.scores, short.scores])
    best = np.argsort(-scores, kind="stable")[:RANKED_STATEMENTS]
    return Hits(table, np.concatenate([long.rows, short.rows])[best], scores[best])


def most_lexical(asked: SparseVector, words: WordStatistics) -> float:
    """What a statement could score that is full of these words; the text's own bound."""
    return float(words.profiles.idf(np.array(asked.indices, dtype=np.uint32)).sum()) * (K1 + 1)


def _joined(
    whole: Hits, windows: Hits, lexical: Hits, most: float
) -> tuple[PointTable, Rows, FoundStatements]:
    """The rows that came up in any way, and what each way says of them."""
    table, ways = in_one_table((whole, windows, lexical))
    rows, places = np.unique(np.concatenate([one.rows for one in ways]), return_inverse=True)
    columns = np.full((3, len(rows)), np.nan)
    for column, at, hits in zip(columns, _parted(places, ways), ways, strict=True):
        column[at] = hits.scores
    return (
        table,
        rows,
        FoundStatements(
            whole=columns[0],
            window=columns[1],
            lexical=np.minimum(np.nan_to_num(columns[2]) / max(most, _LEAST), 1.0),
            hub=table.hub_of(rows),
            languages=table.language_of(rows),
            contents=table.content_of(rows),
        ),
    )


def _parted(places: Rows, ways: Sequence[Hits]) -> list[Rows]:
    return np.split(places, np.cumsum([len(one) for one in ways])[:-1])
