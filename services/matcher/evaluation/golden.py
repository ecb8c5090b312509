"""The golden set's tuning part, ranked as the platform ranks, for any learned weights."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np

from services.matcher.domain.constants import CANDIDATE_ORGANISATIONS
from services.matcher.domain.content import content_digest
from services.matcher.domain.learning.known_answers import (
    Answered,
    Candidate,
    GoldenFigures,
    golden_figures,
)
from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.domain.snapshot import snapshot_of
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.evaluation.dataset import Dataset, Query
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.eligibility import Eligibility
from services.matcher.evaluation.engine import silent
from services.matcher.evaluation.platform_corpus import on_the_platform
from services.matcher.evaluation.warming import counted_parts
from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.ports import IndexFilter
from services.matcher.service.encoding import embedded_texts
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.partner_ranking import PartnerRanking
from services.matcher.service.words import with_terms
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.organisation import Side
from shared.contracts.suggestions import SuggestionSide

SPLIT = "tune"
_AT_ONCE = 8
"""Texts embedded in one go: whoever waits for the model meanwhile waits for a second or two."""

RankingOver = Callable[[MatcherStore], PartnerRanking]


def golden_digests() -> frozenset[bytes]:
    """Of all texts that ranking the golden set embeds. Reads its files: some milliseconds."""
    corpus = on_the_platform(read_dataset(_folder()).corpus)
    statements = [one for found in corpus.profiles for one in snapshot_of(found).statements]
    return frozenset(content_digest(*one) for one in embedded_texts(statements))


def _folder() -> Path:
    return Path(str(files("data") / "golden"))


class GoldenSet:
    """A GoldenCheck. Ranks its queries once for each model and statistics: other weights only
    change the order. Needs in words are left out, since nothing is learned for them."""

    def __init__(self, live: LiveIndex, ranking_over: RankingOver) -> None:
        self._live = live
        self._ranking_over = ranking_over
        self._ranked: dict[tuple[str, int], list[Answered]] = {}

    async def figures(self, ranking: LearnedRanking) -> GoldenFigures:
        """Raises ProblemError `not_ready` while there is no index."""
        live = self._live.current()
        made_with = (live.state.model, live.state.statistics_version)
        if made_with not in self._ranked:
            self._ranked = {made_with: await self._answers(live)}
        return golden_figures(ranking, self._ranked[made_with])

    async def _answers(self, live: Live) -> list[Answered]:
        """About a minute of embedding where the store has nothing of it, else a few seconds."""
        dataset = await asyncio.to_thread(read_dataset, _folder())
        async with _indexed(live, dataset) as (its_own, organisations):
            ranking = self._ranking_over(cast(MatcherStore, _Profiles(organisations)))
            asked = _AskedOf(its_own, ranking, organisations, dataset)
            queries = [one for one in dataset.corpus.queries if one.split == SPLIT]
            return [await asked(one) for one in queries if one.organisation and one.text is None]


class _Profiles:
    """Of a store and what is read in it, what a ranking reads."""

    def __init__(self, organisations: dict[str, MatchedOrganisation]) -> None:
        self._organisations = organisations
        self.snapshots = self

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[StoreTransaction]:
        yield cast(StoreTransaction, self)

    async def active(self, ids: Sequence[str]) -> dict[str, MatchedOrganisation]:
        return {id: self._organisations[id] for id in ids}


class _AskedOf:
    """Ranks a query's organisation's partners."""

    def __init__(
        self,
        live: Live,
        ranking: PartnerRanking,
        organisations: dict[str, MatchedOrganisation],
        dataset: Dataset,
    ) -> None:
        self._live, self._ranking = live, ranking
        self._organisations, self._dataset = organisations, dataset
        self._eligibility = Eligibility(dataset.corpus)
        self._ids = list(organisations)

    async def __call__(self, query: Query) -> Answered:
        barred = np.flatnonzero(~self._eligibility.mask(query))
        found = await self._ranking.ranked(
            self._live,
            self._organisations[str(query.organisation)],
            IndexFilter(
                side=Side.CAPABILITY,
                excluded_organisations=tuple(self._ids[place] for place in barred),
            ),
            side=SuggestionSide.MUTUAL,
            today=datetime.now(UTC).date(),
            depth=CANDIDATE_ORGANISATIONS,
        )
        candidates = tuple(Candidate(one.partner.id, one.score, one.features) for one in found)
        return Answered(candidates, frozenset(self._dataset.relevant(query.id)))


@asynccontextmanager
async def _indexed(
    live: Live, dataset: Dataset
) -> AsyncIterator[tuple[Live, dict[str, MatchedOrganisation]]]:
    """An index of its own, made like the live one and gone at the end; organisations by id."""
    encoder = live.encoder
    profiles = [
        with_terms(snapshot_of(one), encoder.lexicon)
        for one in on_the_platform(dataset.corpus).profiles
    ]
    texts = list(embedded_texts([one for profile in profiles for one in profile.statements]))
    for part in counted_parts(texts, _AT_ONCE, silent):
        await encoder.embedder.embed(part)
    points = await encoder.points(profiles)
    with TemporaryDirectory(prefix="hezuo-golden-") as folder:
        indexes = EdgeVectorIndexes(Path(folder))
        try:
            index = await indexes.open("golden", encoder.embedder.embedder.dimension)
            await index.replace_many(points)
            yield (
                Live(live.state, index, encoder),
                {
                    one.id: replace(one, hub=encoder.hub_excess(its))
                    for one, its in zip(profiles, points, strict=True)
                },
            )
        finally:
            await indexes.close()
