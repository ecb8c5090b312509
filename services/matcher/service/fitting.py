"""Fitting the language statistics on the platform's own vectors."""

import asyncio
from collections import defaultdict
from dataclasses import replace

import numpy as np

from services.matcher.domain.content import content_digest
from services.matcher.domain.correction_fit import fit
from services.matcher.domain.language_correction import CorrectionStatistics, Group, Vectors
from services.matcher.domain.occurrence import Occurrence, best_similarities, occurrence
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.service.collections import Collections
from services.matcher.service.encoding import offered_vectors
from services.matcher.service.words import CountedWords
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Language, Side

_PAGE = 500
_MOST = 20_000
"""Statements of a side and language that are looked at: 30 MB of vectors, and plenty."""


class FitStatistics:
    """A pass over all snapshots; vectors come from the embedding store."""

    def __init__(self, store: MatcherStore, collections: Collections) -> None:
        self._store = store
        self._collections = collections

    async def fit(self) -> CorrectionStatistics:
        """Statistics of what is stored now; the shipped ones where there is too little."""
        vectors: defaultdict[Group, list[Vectors]] = defaultdict(list)
        owners: defaultdict[Group, list[str]] = defaultdict(list)
        words = CountedWords(self._collections.lexicon)
        needs: defaultdict[Language, list[bytes]] = defaultdict(list)
        after: str | None = None
        while page := await self._page(after):
            profiles = [profile for _, profile in page if profile]
            await self._add(profiles, vectors, owners)
            words.add(profiles)
            for need in (one for profile in profiles for one in profile.side(Side.NEED)):
                needs[need.language].append(content_digest(need.text, Side.NEED))
            after = page[-1][0]
        model = self._collections.embedder.embedder.model
        groups = {group: np.stack(rows) for group, rows in vectors.items() if rows}
        fitted = await asyncio.to_thread(
            fit,
            groups,
            model=model,
            shipped=self._collections.shipped(),
            owners=owners,
            needs=needs,
            words=words.statistics(),
        )
        return replace(fitted, occurrence=await self._occurrence(fitted))

    async def _occurrence(self, fitted: CorrectionStatistics) -> Occurrence | None:
        """A second pass: what is near to the sampled needs is known once they are corrected."""
        encoder = await self._collections.encoder(fitted)
        sample = await self._collections.recall(
            digest for digests in fitted.needs.values() for digest in digests
        )
        if not sample:
            return None
        needs = encoder.correct_needs(np.stack(list(sample.values())))
        best = []
        after: str | None = None
        while page := await self._page(after):
            points = await encoder.points([profile for _, profile in page if profile])
            offered = [vectors for one in points if (vectors := offered_vectors(one))]
            best += [best_similarities(needs, one).astype(np.float32) for one in offered]
            after = page[-1][0]
        return occurrence(np.stack(best), list(sample)) if best else None

    async def _page(self, after: str | None) -> list[tuple[str, MatchedOrganisation | None]]:
        async with self._store.transaction() as transaction:
            page = await transaction.snapshots.page(after=after, limit=_PAGE)
        return [(one.id, one.profile) for one in page]

    async def _add(
        self,
        profiles: list[MatchedOrganisation],
        vectors: defaultdict[Group, list[Vectors]],
        owners: defaultdict[Group, list[str]],
    ) -> None:
        statements: list[Statement] = [
            one
            for profile in profiles
            for one in profile.statements
            if len(vectors[one.side, one.language]) < _MOST
        ]
        embedded = await self._collections.embedder.embed([(s.text, s.side) for s in statements])
        for statement, vector in zip(statements, embedded, strict=True):
            group = (statement.side, statement.language)
            vectors[group].append(vector)
            owners[group].append(statement.key.organisation)
