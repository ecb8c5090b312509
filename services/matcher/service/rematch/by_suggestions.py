"""`ann`: everyone's list as suggestions give it, by the index, several organisations at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

from services.matcher.domain.rematch.planning import candidates_of
from services.matcher.domain.rematch.stored import Basis, Staged, StoredJob, Task
from services.matcher.service.late_answers import with_answers
from services.matcher.service.listing import Listing, ListingRequest, PartnerListing
from services.matcher.service.live import Live
from services.matcher.service.matches.journal import PLATFORM
from services.matcher.service.rematch.asked_together import AskedTogether, all_of
from services.matcher.service.rematch.computing import (
    InputsChangedError,
    Progress,
    TaskLostError,
)
from services.matcher.service.rematch.scored_lists import ScoredList, best_of, staged
from services.matcher.service.scope import EVERYWHERE
from services.matcher.store import MatcherStore
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError

_TOGETHER = 8
"""Organisations that ask at the same time."""
_QUESTIONS = 16
"""Of one round trip: about as many as one member's request has, so that nobody waits longer for a
job than for another member."""
_REST = 0.1
"""Of the time that a round trip took: members' requests come first."""


@dataclass(frozen=True)
class BySuggestions:
    """Needs the index."""

    store: MatcherStore
    listing: PartnerListing

    async def computed(self, job: StoredJob, task: Task, progress: Progress) -> Staged:
        """See `Compute`. An organisation that is not there any more has no list."""
        async with self.store.transaction() as transaction:
            plan = await transaction.rematch.jobs.plan(job.job.id)
        if plan is None:
            raise TaskLostError(task)
        lists: list[ScoredList] = []
        for start in range(0, len(task.organisations), _TOGETHER):
            some = task.organisations[start : start + _TOGETHER]
            lists += await self._listed(job, some, plan.day)
            progress.organisations += len(some)
        return await asyncio.to_thread(staged, lists)

    async def _listed(
        self, job: StoredJob, organisations: Sequence[str], day: date
    ) -> list[ScoredList]:
        together = _Together(len(organisations))
        found = await all_of(self._of(id, job, day, together) for id in organisations)
        return [one for one in found if one]

    async def _of(
        self, id: str, job: StoredJob, day: date, together: "_Together"
    ) -> ScoredList | None:
        request = ListingRequest(id, SuggestionSide.MUTUAL, SuggestionFilter(), diversity=False)
        async with together.asker():
            try:
                listing = await self.listing.listed(
                    request, PLATFORM, EVERYWHERE, day=day, through=together.through
                )
            except ProblemError as error:
                if error.code == "not_found":
                    return None
                raise
            _check(listing, job.basis)
            scored = [one.scored for one in listing.partners]
            best = best_of(scored, candidates_of(job.job.options.places))
            answered = await with_answers(listing.live, listing.asker, best)
        return ScoredList.of(
            listing.asker,
            [answered[one.partner.id] for one in best],
            listing.ranking_version,
            listing.live.state,
        )


class _Together:
    """Askers that share the round trips to whatever index answers now."""

    def __init__(self, askers: int) -> None:
        self._left = askers
        self._asked: AskedTogether | None = None

    @asynccontextmanager
    async def asker(self) -> AsyncIterator[None]:
        """To be entered by each of them, once."""
        try:
            yield
        finally:
            self._left -= 1
            if self._asked:
                self._asked.one_less()

    def through(self, live: Live) -> Live:
        """The same, asked together; an index that was swapped in meanwhile is asked alone."""
        if self._asked is None:
            self._asked = AskedTogether(live.index, self._left, most=_QUESTIONS, rest=_REST)
        if self._asked.index is not live.index:
            return live
        return replace(live, index=self._asked)


def _check(listing: Listing, basis: Basis) -> None:
    state = listing.live.state
    now = (state.model, state.statistics_version, listing.ranking_version)
    if now != (basis.model, basis.statistics_version, basis.ranking):
        raise InputsChangedError
