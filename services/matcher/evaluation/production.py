"""The use cases that answer the API, as an engine under test."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Protocol

import numpy as np

from services.matcher.api.use_cases import UseCases
from services.matcher.domain.ranking_weights import Weights
from services.matcher.domain.windows import windows
from services.matcher.evaluation.corpus_profiles import CorpusProfiles
from services.matcher.evaluation.dataset import Corpus, Query
from services.matcher.evaluation.eligibility import Eligibility, Mask
from services.matcher.evaluation.engine import Progress, Ranking
from services.matcher.evaluation.platform_corpus import (
    LONGEST,
    SHORTEST_QUESTION,
    on_the_platform,
    stated_needs,
)
from services.matcher.evaluation.warming import WarmingEmbedder
from services.matcher.ports import ProfilesReader
from services.matcher.service.scope import Scope
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.operations import RebuildPhase
from shared.contracts.organisation import Organisation, Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchRequest, SuggestionFilter, SuggestionSide


class Platform(Protocol):
    """A running matcher."""

    def composed_with(self, weights: Weights) -> UseCases:
        """Use cases of their own over its database and index."""


OpenPlatform = Callable[
    [ProfilesReader, Progress], AbstractAsyncContextManager[tuple[Platform, UseCases]]
]
"""A matcher over an empty database and an empty index, closed at the end."""

READER = Principal(subject="evaluation", role=Role.COORDINATOR)
_POLL_SECONDS = 0.05
_MOST = 0.5


class ProductionEngine:
    """A RankingEngine. Takes in the corpus as the platform would, then fits and rebuilds.

    Text queries go to `Search` as a coordinator's question who can do this; an organisation's
    to `Suggest` for mutual partners, the API's default. Scores are the use cases' own.
    """

    name = "hezuo"

    def __init__(self, open_platform: OpenPlatform, embedder: WarmingEmbedder, depth: int) -> None:
        self._open_platform = open_platform
        self._embedder = embedder
        self._depth = depth
        self._open = AsyncExitStack()
        self.notes: tuple[str, ...] = ()
        """What a reader of the figures should know; there after `prepare`."""

    async def prepare(self, corpus: Corpus, progress: Progress) -> None:
        """Profiles in, statistics fitted on the data set's own texts, index built with them."""
        self._eligibility = Eligibility(corpus)
        self._platform = on_the_platform(corpus)
        self._names = {platform: own for own, platform in self._platform.ids.items()}
        self._ids = [self._platform.ids[one.id] for one in corpus.organisations]
        asking = [] if any(one.needs for one in corpus.organisations) else stated_needs(corpus)
        self.notes = _notes(asking)
        profiles = CorpusProfiles(
            [*self._platform.profiles, *asking],
            lambda done, total: progress("taking in profiles", done, total),
        )
        await self._embedder.warm(_texts(corpus, [*self._platform.profiles, *asking]))
        self._matcher, self._use_cases = await self._open.enter_async_context(
            self._open_platform(profiles, progress)
        )
        await self._use_cases.reconcile.reconcile()
        await self._rebuild(progress)
        if asking:
            profiles.withdraw(one.id for one in asking)
            await self._use_cases.reconcile.reconcile()

    async def rank(self, query: Query) -> Ranking:
        """The best, as deep as it was made for."""
        return await self.rank_by(self._use_cases, query)

    def use_cases_with(self, weights: Weights) -> UseCases:
        """Others than its own, once it is prepared."""
        return self._matcher.composed_with(weights)

    async def rank_by(self, use_cases: UseCases, query: Query) -> Ranking:
        """The ranking of these use cases."""
        scope = self._scope(query)
        if scope.organisations == ():
            return []
        if query.text is not None:
            found = await _search(use_cases, query.text.strip()[:LONGEST], scope)
        else:
            found = await _suggest(use_cases, self._platform.ids[str(query.organisation)], scope)
        return [(self._names[id], score) for id, score in found]

    @property
    def use_cases(self) -> UseCases:
        """Its own, once it is prepared."""
        return self._use_cases

    def platform_ids(self, names: Iterable[str]) -> tuple[str, ...]:
        """What these organisations of the corpus are called on its platform."""
        return tuple(self._platform.ids[name] for name in names)

    async def close(self) -> None:
        """Let go of the database and the index."""
        await self._open.aclose()

    def _scope(self, query: Query) -> Scope:
        """Names those that are let in, or those that are not, whichever are fewer."""
        allowed = self._eligibility.mask(query)
        if allowed.mean() > _MOST:
            return Scope(excluded=self._those(~allowed), depth=self._depth)
        return Scope(organisations=self._those(allowed), depth=self._depth)

    def _those(self, mask: Mask) -> tuple[str, ...]:
        return tuple(self._ids[place] for place in np.flatnonzero(mask))

    async def _rebuild(self, progress: Progress) -> None:
        """As `hezuo reindex` does it."""
        now = await self._use_cases.rebuild.start()
        while now.phase not in (RebuildPhase.DONE, RebuildPhase.FAILED):
            progress(
                "indexing with fitted statistics", now.organisations_done, now.organisations_total
            )
            await asyncio.sleep(_POLL_SECONDS)
            now = self._use_cases.rebuild.progress or now
        if now.phase is RebuildPhase.FAILED:
            raise RuntimeError(f"the index could not be built: {now.problem}")


async def _search(use_cases: UseCases, text: str, scope: Scope) -> Ranking:
    if len(text) < SHORTEST_QUESTION:
        return []
    request = SearchRequest(text=text, side=Side.NEED)
    # The whole ranking on one page: the API's own bound on a page is for its readers.
    whole = request.model_copy(update={"limit": scope.depth})
    page = await use_cases.search.search(whole, READER, scope)
    return [(hit.partner.id, hit.score) for hit in page.items]


async def _suggest(use_cases: UseCases, asker: str, scope: Scope) -> Ranking:
    request = SuggestionRequest(
        organisation=asker,
        side=SuggestionSide.MUTUAL,
        filter=SuggestionFilter(),
        limit=scope.depth,
        cursor=None,
    )
    page = await use_cases.suggest.suggest(request, READER, scope)
    return [(one.partner.id, one.score) for one in page.items]


def _texts(corpus: Corpus, profiles: list[Organisation]) -> list[tuple[str, Side]]:
    """All that will be embedded, so that the time left is known from the beginning."""
    stated = [
        (one.text, side)
        for profile in profiles
        for side, statements in (
            (Side.CAPABILITY, profile.capabilities),
            (Side.NEED, profile.needs),
        )
        for one in statements
    ]
    parts = [(part, side) for text, side in dict.fromkeys(stated) for part in windows(text)]
    asked = [(one.text.strip()[:LONGEST], Side.NEED) for one in corpus.queries if one.text]
    return [*stated, *parts, *asked]


def _notes(asking: list[Organisation]) -> tuple[str, ...]:
    if not asking:
        return ()
    return (
        f"no organisation states a need: the texts of {len(asking)} queries, without their "
        "answers, stood in for stated needs when the language statistics were fitted",
    )
