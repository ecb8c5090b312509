"""`exact`: candidates by products of all vectors, then the score that suggestions have.

Needs no index, so that any number of processes works for one job.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.product import BlockProduct
from services.matcher.domain.exact.search import BLOCK_BYTES
from services.matcher.domain.rematch.findings import Findings
from services.matcher.domain.rematch.near import names_of, nearest_of
from services.matcher.domain.rematch.plan import GroupPlaces, Plan
from services.matcher.domain.rematch.planning import candidates_of
from services.matcher.domain.rematch.stored import Basis, Staged, StoredJob, Task
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexFilter
from services.matcher.service.collections import Collections
from services.matcher.service.exact_vectors import measure
from services.matcher.service.late_answers import with_answers
from services.matcher.service.live import Live
from services.matcher.service.live_ranking import LiveRanking, NamedRanking
from services.matcher.service.partner_ranking import PartnerRanking, ReadPartners
from services.matcher.service.rematch.asked_together import AskedTogether, all_of
from services.matcher.service.rematch.by_products import GroupProducts
from services.matcher.service.rematch.computing import (
    InputsChangedError,
    Progress,
    TaskLostError,
)
from services.matcher.service.rematch.moment import Moment
from services.matcher.service.rematch.moment_index import MomentIndex
from services.matcher.service.rematch.scored_lists import ScoredList, best_of, staged
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Side
from shared.contracts.suggestions import SuggestionSide

MakeProduct = Callable[[CosineLikelihood], BlockProduct]
MakeRanking = Callable[[ReadPartners], PartnerRanking]
MEMORY_BYTES = 2 * 2**30

_TOGETHER = 32
"""Askers whose questions go together: their evidence is in memory at the same time."""


@dataclass(frozen=True)
class ExactParts:
    """What every job is computed with in this process."""

    store: MatcherStore
    collections: Callable[[str], Collections]
    """Of a model. Raises InputsChangedError for one that this process has not."""
    product: Callable[[], MakeProduct]
    ranking: MakeRanking
    memory_bytes: int = MEMORY_BYTES
    """Of vectors, their copies and a block of the product, all together."""


class ByMoment:
    """Keeps what was read for the last job; partitions of one job follow each other."""

    def __init__(self, parts: ExactParts) -> None:
        self._parts = parts
        self._job: str | None = None
        self._work: _JobWork | None = None

    async def computed(self, job: StoredJob, task: Task, progress: Progress) -> Staged:
        """See `Compute`."""
        work = await self._of(job, task)
        if task.pair is not None:
            return await work.pair(task.pair)
        return await work.lists(task, progress)

    def forget(self) -> None:
        """Give the memory back."""
        self._job = self._work = None

    async def _of(self, job: StoredJob, task: Task) -> "_JobWork":
        if self._work is None or self._job != job.job.id:
            self.forget()
            self._work = await _JobWork.begun(self._parts, job, task)
            self._job = job.job.id
        return self._work


class _JobWork:
    def __init__(
        self, parts: ExactParts, job: StoredJob, moment: Moment, learned: NamedRanking
    ) -> None:
        self._parts = parts
        self._job = job
        self._moment = moment
        self._learned = learned
        self._products: GroupProducts | None = None
        self._live: Live | None = None
        self._limit = candidates_of(job.job.options.places)

    @classmethod
    async def begun(cls, parts: ExactParts, job: StoredJob, task: Task) -> "_JobWork":
        """Raises InputsChangedError, TaskLostError."""
        async with parts.store.transaction() as transaction:
            plan = await transaction.rematch.jobs.plan(job.job.id)
        if plan is None:
            raise TaskLostError(task)
        encoder = await parts.collections(job.basis.model).encoder_of(job.basis.statistics_version)
        live = await LiveRanking(parts.store).current(_state(job.basis))
        learned = live.of_side(SuggestionSide.MUTUAL)
        if learned.version != job.basis.ranking:
            raise InputsChangedError
        kept = parts.memory_bytes // 2
        return cls(parts, job, Moment(parts.store, encoder, plan, memory_bytes=kept), learned)

    async def pair(self, pair: GroupPlaces) -> Staged:
        """Candidates of two groups."""
        if self._products is None:
            # Torch takes seconds to import: not on the loop that tells of being alive.
            make = await asyncio.to_thread(self._parts.product)
            product = make(measure(self._moment.encoder.statistics))
            memory = self._parts.memory_bytes
            self._products = await GroupProducts.over(
                self._moment,
                product,
                memory_bytes=memory // 4,
                block_bytes=min(BLOCK_BYTES, memory // 8),
            )
        found = await self._products.found(pair, self._limit)
        return Staged(found, product=self._products.product.name)

    async def lists(self, task: Task, progress: Progress) -> Staged:
        """Everyone's candidates with the score that suggestions have."""
        self._products = None
        live = await self._opened()
        plan = self._moment.plan
        among = await self._candidates(task)
        profiles = await self._moment.profiles(task.organisations)
        lists: list[ScoredList] = []
        wanted = [id for id in task.organisations if id in profiles]
        progress.organisations = len(task.organisations) - len(wanted)
        for start in range(0, len(wanted), _TOGETHER):
            some = wanted[start : start + _TOGETHER]
            lists += await self._scored(live, [profiles[id] for id in some], among)
            progress.organisations += len(some)
        without = [
            Findings(id, plan.versions[id], ())
            for id in task.organisations
            if id in plan.versions and id not in wanted
        ]
        return await asyncio.to_thread(staged, lists, without)

    async def _candidates(self, task: Task) -> dict[str, list[str]]:
        plan = self._moment.plan
        wanted = [id for id in task.organisations if self._moment.group_of(id) is not None]
        groups = {self._moment.group_of(id) for id in wanted}
        async with self._parts.store.transaction() as transaction:
            found = await transaction.rematch.partitions.pair_results(
                task.job, {one for one in groups if one is not None}
            )
        numbers = np.array([plan.numbers[id] for id in wanted], dtype=np.int64)
        best = await asyncio.to_thread(nearest_of, found, numbers, self._limit)
        return dict(zip(wanted, names_of(best, plan.ids), strict=True))

    async def _scored(
        self,
        live: Live,
        askers: Sequence[MatchedOrganisation],
        among: dict[str, list[str]],
    ) -> list[ScoredList]:
        together = AskedTogether(live.index, len(askers))
        asked = Live(live.state, together, live.encoder)
        ranking = self._parts.ranking(self._moment.profiles)

        async def of(asker: MatchedOrganisation) -> ScoredList:
            try:
                scored = await self._ranked(asked, ranking, asker, among.get(asker.id, []))
                answered = await with_answers(asked, asker, scored)
            finally:
                together.one_less()
            best = [answered[one.partner.id] for one in scored]
            return ScoredList.of(asker, best, self._learned.version, live.state)

        return await all_of(map(of, askers))

    async def _ranked(
        self, live: Live, ranking: PartnerRanking, asker: MatchedOrganisation, among: list[str]
    ) -> list[ScoredPartner]:
        """Who states no needs is given partners by related work, as suggestions do it."""
        plan: Plan = self._moment.plan
        excluded = tuple(sorted({asker.id, *plan.apart_of.get(asker.id, ())}))
        scored = await ranking.ranked(
            live,
            asker,
            IndexFilter(side=Side.CAPABILITY, excluded_organisations=excluded),
            side=SuggestionSide.MUTUAL,
            today=plan.day,
            depth=EVERYWHERE.depth,
            among=among if asker.side(Side.NEED) else None,
        )
        free = [self._learned.applied(one) for one in scored if one.partner.id not in excluded]
        return best_of(free, self._limit)

    async def _opened(self) -> Live:
        if self._live is None:
            lexicon = self._moment.encoder.lexicon
            index = await MomentIndex.over(self._moment, lexicon)
            self._moment.let_go = index.forget
            self._live = Live(_state(self._job.basis), index, self._moment.encoder)
        return self._live


def _state(basis: Basis) -> IndexState:
    return IndexState(basis.collection, basis.model, basis.statistics_version)
