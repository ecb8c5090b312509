"""Statements as points of the index, and as questions to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.language_correction import Correction, CorrectionStatistics
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.ports import (
    IndexedStatement,
    Lexicon,
    OrganisationPoints,
    SparseVector,
    TextEmbedder,
    Vectors,
)
from shared.contracts.organisation import Kind, Side


@dataclass(frozen=True)
class Probe:
    """A text that asks the index."""

    key: StatementKey
    dense: Vectors
    """Corrected, shape (dimension,)."""
    lexical: SparseVector


class StatementEncoder:
    """Embeds through the store and corrects with one version of the statistics."""

    def __init__(
        self, embedder: TextEmbedder, statistics: CorrectionStatistics, lexicon: Lexicon
    ) -> None:
        self.embedder = embedder
        self.statistics = statistics
        self._correction = Correction.of(statistics)
        self._lexicon = lexicon

    async def warm(self, statements: Sequence[Statement]) -> None:
        """Embed now what the store lacks, so that nothing slow is left for under a lock."""
        await self.embedder.embed(_texts(statements))

    async def points(
        self, organisations: Sequence[MatchedOrganisation]
    ) -> list[OrganisationPoints]:
        """The organisations' points, all statements embedded in one batch."""
        statements = [one for organisation in organisations for one in organisation.statements]
        raw = await self.embedder.embed(_texts(statements))
        corrected = self._correct(raw, [statement.side for statement in statements])
        rows = iter(zip(raw, corrected, strict=True))
        return [
            OrganisationPoints(
                organisation.id,
                organisation.version,
                tuple(
                    self._point(organisation, one, *next(rows)) for one in organisation.statements
                ),
            )
            for organisation in organisations
        ]

    async def probes(self, statements: Sequence[Statement]) -> list[Probe]:
        """Stated statements as questions."""
        raw = await self.embedder.embed(_texts(statements))
        corrected = self._correct(raw, [statement.side for statement in statements])
        return [
            Probe(statement.key, vector, self._lexicon.query(statement.text))
            for statement, vector in zip(statements, corrected, strict=True)
        ]

    async def probe_text(self, key: StatementKey, text: str, side: Side) -> Probe:
        """A free text as a question; it is not stored."""
        raw = await self.embedder.embed_query(text, side)
        return Probe(key, self._correction.apply(raw, side), self._lexicon.query(text))

    def _correct(self, raw: Vectors, sides: Sequence[Side]) -> Vectors:
        corrected = np.empty_like(raw)
        for side in Side:
            rows = np.array([one is side for one in sides], dtype=bool)
            if rows.any():
                corrected[rows] = self._correction.apply(raw[rows], side)
        return corrected

    def _point(
        self, owner: MatchedOrganisation, statement: Statement, raw: Vectors, corrected: Vectors
    ) -> IndexedStatement:
        return IndexedStatement(
            key=statement.key,
            side=statement.side,
            language=statement.language,
            kind=Kind(owner.kind),
            country=owner.country,
            province=owner.province,
            # A statement without fields of its own is found by its organisation's.
            fields=statement.fields or owner.fields,
            version=owner.version,
            raw=raw,
            corrected=corrected,
            lexical=self._lexicon.document(statement.text),
            visibility=statement.visibility,
        )


def _texts(statements: Sequence[Statement]) -> list[tuple[str, Side]]:
    return [(statement.text, statement.side) for statement in statements]
