"""Partners of an organisation that has stated no needs: who works on what it works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from services.matcher.domain.lexical import query_weights
from services.matcher.domain.mentions import mention
from services.matcher.domain.partner_features import related_features, score
from services.matcher.domain.ranking_weights import (
    NAMED_ORGANISATIONS,
    RELATED_CURVE,
    RELATED_HITS,
    RELATED_HITS_EACH,
    RELATED_WORK,
    RelatedWorkWeights,
)
from services.matcher.domain.related_work import RelatedPool, related_pool
from services.matcher.domain.shares import by_share
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.domain.word_statistics import WordStatistics
from services.matcher.index_hits import PointTable, Rows, in_one_table
from services.matcher.ports import (
    IndexFilter,
    IndexQuery,
    Lexicon,
    Part,
    SparseVector,
    VectorIndex,
)
from services.matcher.service.encoding import Probe
from services.matcher.service.text_ranking import RankedPartner
from services.matcher.service.words import name_idf, names, token_ids
from shared.contracts.organisation import Side

Texts = Sequence[Sequence[str]]
_NAMING = 200
"""Statements looked at that have the rarest word of the asker's name."""


@dataclass(frozen=True)
class OwnNames:
    """The words of the asker's names, and what each is worth."""

    names: Texts
    idf: Mapping[str, float]

    @property
    def rarest(self) -> SparseVector | None:
        """Texts without it do not name the asker; None without a name."""
        words = {max(name, key=self.idf.__getitem__) for name in self.names if name}
        ids = sorted(int(id) for id in token_ids(words))
        return SparseVector(tuple(ids), (1.0,) * len(ids)) if ids else None


def own_names(asker: MatchedOrganisation, lexicon: Lexicon, words: WordStatistics) -> OwnNames:
    """In all its languages."""
    own = [lexicon.words(name) for name in names(asker)]
    return OwnNames(own, name_idf(words, [word for name in own for word in name]))


@dataclass(frozen=True)
class RelatedHits:
    """What is near to the asker's statements, and who is named in them."""

    pool: RelatedPool
    table: PointTable
    found: Rows
    """The rows of the table that came up, in the order of the pool."""
    named: tuple[str, ...]
    texts: Texts
    """The words of the asker's statements."""
    naming: frozenset[StatementKey]
    """Statements that have the rarest word of its name."""

    @cached_property
    def rows(self) -> Mapping[StatementKey, int]:
        """The place of a statement in the pool."""
        return self.table.places(self.found)

    def best_organisations(self, most: int) -> list[str]:
        """By the weight of what came up, followed by those that are named."""
        return by_share(self.table.owners(self.found), self.pool.weights, self.named, most)


async def look_around(
    index: VectorIndex,
    probes: Sequence[Probe],
    texts: Texts,
    own: OwnNames,
    narrowing: IndexFilter,
    weights: RelatedWorkWeights,
) -> RelatedHits:
    """One round trip; `narrowing` says among which capabilities."""
    limit = max(RELATED_HITS_EACH, RELATED_HITS // max(1, len(probes)))
    spoken = query_weights(word for text in texts for word in text)
    words = SparseVector(tuple(spoken), tuple(spoken.values()))
    named, naming, *answers = await index.query(
        [
            IndexQuery(replace(narrowing, part=Part.NAME), NAMED_ORGANISATIONS, lexical=words),
            IndexQuery(narrowing, _NAMING, lexical=own.rarest or SparseVector((), ())),
            *(IndexQuery(narrowing, limit, dense=probe.dense) for probe in probes),
        ]
    )
    table, answers = in_one_table(answers)
    rows, places = np.unique(np.concatenate([one.rows for one in answers]), return_inverse=True)
    parts = np.split(places, np.cumsum([len(one) for one in answers])[:-1])
    found = [(part, one.scores) for part, one in zip(parts, answers, strict=True)]
    everything = all(len(one) < limit for one in answers)
    stored = len(rows) if everything else await index.count()
    pool = related_pool(found, len(rows), stored=stored, temperature=weights.temperature)
    return RelatedHits(
        pool=pool,
        table=table,
        found=rows,
        named=tuple(named.organisations),
        texts=texts,
        naming=frozenset(hit.key for hit in naming),
    )


@dataclass(frozen=True)
class RelatedWork:
    """Ranks candidates for one asker."""

    asker: MatchedOrganisation
    hits: RelatedHits
    own: OwnNames
    lexicon: Lexicon
    words: WordStatistics
    weights: RelatedWorkWeights = RELATED_WORK

    def ranked(self, candidates: Sequence[MatchedOrganisation]) -> list[RankedPartner]:
        """In the order given; those that offer nothing are left out."""
        return [self._partner(one) for one in candidates if one.side(Side.CAPABILITY)]

    def _partner(self, one: MatchedOrganisation) -> RankedPartner:
        offered = one.side(Side.CAPABILITY)
        rows = [self.hits.rows[s.key] for s in offered if s.key in self.hits.rows]
        features = related_features(
            self.hits.pool.share(rows, len(offered)),
            self._names(one),
            self._named_by(offered),
            bool(one.country) and one.country == self.asker.country,
            len(offered),
            self.weights,
        )
        return RankedPartner(one, features, score(features, RELATED_CURVE))

    def _names(self, one: MatchedOrganisation) -> float:
        """How much its name stands in the asker's texts, on average."""
        if not self.weights.named or one.id not in self.hits.named or not self.hits.texts:
            return 0.0
        found = [self.lexicon.words(name) for name in names(one)]
        idf = name_idf(self.words, [word for name in found for word in name])
        return max(
            (
                sum(mention(text, name, idf.__getitem__) for text in self.hits.texts)
                for name in found
            ),
            default=0.0,
        ) / len(self.hits.texts)

    def _named_by(self, offered: Sequence[Statement]) -> float:
        """How much the asker's name stands in these texts, on average."""
        if not self.weights.named_back:
            return 0.0
        total = 0.0
        for statement in offered:
            if statement.key in self.hits.naming:
                text = self.lexicon.words(statement.text)
                worth = self.own.idf.__getitem__
                total += max(mention(text, name, worth) for name in self.own.names)
        return total / len(offered)
