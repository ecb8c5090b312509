"""Statements as points of the index, and as questions to it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.content import content_digest
from services.matcher.domain.hubs import NeedLevels
from services.matcher.domain.language_correction import Correction, CorrectionStatistics
from services.matcher.domain.occurrence import HubGuard, Statements
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.domain.windows import windows
from services.matcher.ports import (
    ContentKey,
    IndexedName,
    IndexedStatement,
    Lexicon,
    OrganisationPoints,
    SparseVector,
    TextEmbedder,
    Vectors,
)
from services.matcher.service.kept_vectors import KeptVectors
from services.matcher.service.words import names, terms_of
from shared.contracts.organisation import Kind, Language, Side, Visibility

_CONTENT = 12
"""Hexadecimal digits that tell texts apart: with a million texts the chance that any two are taken
for one is 0.2 %, and little would come of it."""


@dataclass(frozen=True)
class Probe:
    """A text that asks the index."""

    key: StatementKey
    dense: Vectors
    """Corrected, shape (dimension,)."""
    lexical: SparseVector


KnownVectors = Callable[[Sequence[Statement]], Awaitable[Vectors | None]]
"""Corrected vectors of statements, or None where one of them is not known."""


class StatementEncoder:
    """Embeds through the store and corrects with one version of the statistics."""

    def __init__(
        self,
        embedder: TextEmbedder,
        statistics: CorrectionStatistics,
        lexicon: Lexicon,
        needs: Mapping[Language, Vectors],
        guarded: Mapping[bytes, Vectors] | None = None,
        kept: KeptVectors | None = None,
    ) -> None:
        """`needs` are uncorrected vectors of the sample that the statistics name; `guarded` those
        of their occurrence, by digest. `kept` is for an encoder that hears of what is erased."""
        self.embedder = embedder
        self.statistics = statistics
        self.lexicon = lexicon
        self._correction = Correction.of(statistics)
        self._levels = NeedLevels.of(needs, self._correction)
        self._guard = self._guard_of(guarded or {})
        self._kept = kept
        self._known: KnownVectors | None = None

    def _guard_of(self, needs: Mapping[bytes, Vectors]) -> HubGuard | None:
        known = self.statistics.occurrence
        if known is None or not needs:
            return None
        kept = [digest for digest in known.levels if digest in needs]
        rows = self.correct_needs(np.stack([needs[digest] for digest in kept]))
        levels = np.array([known.levels[digest] for digest in kept])
        return HubGuard(rows, levels, known.limit * len(kept) / len(known.levels))

    def correct_needs(self, raw: Vectors) -> Vectors:
        """Corrected vectors of needs, shape as given."""
        return self._correction.apply(raw, Side.NEED)

    def corrected(self, raw: Vectors, side: Side) -> Vectors:
        """Corrected vectors of one side, shape as given."""
        return self._correction.apply(raw, side)

    def hub_excess(self, points: OrganisationPoints) -> float:
        """How far the organisation is everyone's neighbour, by the limit; 0 below it."""
        return self._guard.excess(offered_vectors(points)) if self._guard else 0.0

    async def warm(self, statements: Sequence[Statement]) -> None:
        """Embed now what the store lacks, so that nothing slow is left for under a lock."""
        await self.embedder.embed(list(embedded_texts(statements)))

    async def points(
        self, organisations: Sequence[MatchedOrganisation]
    ) -> list[OrganisationPoints]:
        """The organisations' points, all statements embedded in one batch."""
        statements = [one for organisation in organisations for one in organisation.statements]
        texts = list(embedded_texts(statements))
        raw = await self.embedder.embed(texts)
        rows = iter(zip(raw, self._correct(raw, [side for _, side in texts]), strict=True))
        return [
            OrganisationPoints(
                organisation.id,
                organisation.version,
                tuple(self._point(organisation, one, rows) for one in organisation.statements),
                self._name(organisation),
            )
            for organisation in organisations
        ]

    async def probes(self, statements: Sequence[Statement]) -> list[Probe]:
        """Stated statements as questions."""
        corrected = await self.vectors(statements)
        return [
            Probe(statement.key, vector, self._words_of(statement))
            for statement, vector in zip(statements, corrected, strict=True)
        ]

    def _words_of(self, statement: Statement) -> SparseVector:
        """Its different words, as kept with it or counted now."""
        ids = terms_of(statement, self.lexicon).ids.tolist()
        return SparseVector(tuple(ids), (1.0,) * len(ids))

    def reading(self, known: KnownVectors) -> "StatementEncoder":
        """The same, with vectors from somewhere else first."""
        other = copy(self)
        other._known = known
        return other

    async def vectors(self, statements: Sequence[Statement]) -> Vectors:
        """Corrected vectors of stated statements, shape (statements, dimension)."""
        if self._known and (found := await self._known(statements)) is not None:
            return found
        if self._kept:
            return await self._kept.of(statements, self._embedded)
        return await self._embedded(statements)

    def drop(self, keys: Sequence[ContentKey]) -> None:
        """Of texts that no statement uses any more: nothing of them stays here."""
        if self._kept:
            self._kept.drop(keys)

    async def _embedded(self, statements: Sequence[Statement]) -> Vectors:
        raw = await self.embedder.embed([(one.text, one.side) for one in statements])
        return self._correct(raw, [one.side for one in statements])

    async def probe_text(self, key: StatementKey, text: str, side: Side) -> Probe:
        """A free text as a question; it is not stored."""
        raw = await self.embedder.embed_query(text, side)
        return Probe(key, self._correction.apply(raw, side), self.lexicon.query(text))

    async def probe_texts(
        self, texts: Sequence[tuple[StatementKey, str]], side: Side
    ) -> list[Probe]:
        """Free texts as questions, embedded in one batch; none is stored."""
        if not texts:
            return []
        wanted = [text for _, text in texts]
        raw = await asyncio.to_thread(self.embedder.embedder.encode, wanted, side)
        return [
            Probe(key, vector, self.lexicon.query(text))
            for (key, text), vector in zip(texts, self._correction.apply(raw, side), strict=True)
        ]

    def _correct(self, raw: Vectors, sides: Sequence[Side]) -> Vectors:
        corrected = np.empty_like(raw)
        for side in Side:
            rows = np.array([one is side for one in sides], dtype=bool)
            if rows.any():
                corrected[rows] = self._correction.apply(raw[rows], side)
        return corrected

    def _point(
        self,
        owner: MatchedOrganisation,
        statement: Statement,
        rows: Iterator[tuple[Vectors, Vectors]],
    ) -> IndexedStatement:
        """Takes the statement's rows, (raw, corrected) of the whole and of each window."""
        raw, corrected = next(rows)
        parts = tuple(next(rows)[1] for _ in windows(statement.text))
        offered = statement.side is Side.CAPABILITY
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
            lexical=self.lexicon.document(statement.text),
            visibility=statement.visibility,
            windows=parts,
            hub=self._levels.hub(corrected, parts) if offered else 0.0,
            content=content_digest(statement.text, statement.side).hex()[:_CONTENT],
        )

    def _name(self, owner: MatchedOrganisation) -> IndexedName | None:
        if not owner.statements:
            return None
        # Not those of confidential ones: a member could learn them, asking field by field.
        stated = [
            field
            for statement in owner.statements
            if statement.visibility is Visibility.MEMBERS
            for field in statement.fields
        ]
        return IndexedName(
            organisation=owner.id,
            words=self.lexicon.query(" ".join(names(owner))),
            sides=tuple(side for side in Side if owner.side(side)),
            kind=Kind(owner.kind),
            country=owner.country,
            province=owner.province,
            fields=tuple(dict.fromkeys([*owner.fields, *stated])),
            version=owner.version,
        )


def offered_vectors(points: OrganisationPoints) -> Statements:
    """Of its capabilities."""
    return [(s.corrected, s.windows) for s in points.statements if s.side is Side.CAPABILITY]


def embedded_texts(statements: Sequence[Statement]) -> Iterator[tuple[str, Side]]:
    """Each statement's text, followed by those of its windows."""
    for statement in statements:
        yield statement.text, statement.side
        yield from ((window, statement.side) for window in windows(statement.text))
