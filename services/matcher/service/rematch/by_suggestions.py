"""`ann`: everyone's list as suggestions give it, by the index, with the evidence for matches."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from services.matcher.domain.matches.suggesting import Evidence
from services.matcher.domain.rematch.findings import Findings, FoundPartner
from services.matcher.domain.rematch.planning import candidates_of
from services.matcher.domain.rematch.stored import Basis, StoredJob
from services.matcher.service.late_answers import with_answers
from services.matcher.service.listing import Listing, ListingRequest, PartnerListing
from services.matcher.service.matches.evidence import suggested_pair
from services.matcher.service.matches.journal import PLATFORM
from services.matcher.service.rematch.computing import InputsChangedError, Progress
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError

_EVIDENCE = TypeAdapter(Evidence)
_REST = 0.25
"""Of the time that a list took: members' requests come first."""


@dataclass(frozen=True)
class BySuggestions:
    """Needs the index; one organisation after the other."""

    listing: PartnerListing

    async def findings(
        self, job: StoredJob, organisations: Sequence[str], progress: Progress
    ) -> list[Findings]:
        """See `Compute`. An organisation that is not there any more has none."""
        found = []
        for id in organisations:
            started = time.monotonic()
            one = await self._of(id, job)
            if one:
                found.append(one)
            progress.organisations += 1
            await asyncio.sleep((time.monotonic() - started) * _REST)
        return found

    async def _of(self, id: str, job: StoredJob) -> Findings | None:
        request = ListingRequest(id, SuggestionSide.MUTUAL, SuggestionFilter(), diversity=False)
        try:
            listing = await self.listing.listed(request, PLATFORM, EVERYWHERE)
        except ProblemError as error:
            if error.code == "not_found":
                return None
            raise
        _check(listing, job.basis)
        scored = [one.scored for one in listing.partners]
        best = sorted(scored, key=lambda one: (-one.score, one.partner.id))
        answered = await _answered(listing, best[: candidates_of(job.job.options.places)])
        return Findings(id, listing.asker.version, tuple(_found(listing, one) for one in answered))


async def _answered(listing: Listing, scored: Sequence[ScoredPartner]) -> list[ScoredPartner]:
    found = await with_answers(listing.live, listing.asker, scored)
    return [found[one.partner.id] for one in scored]


def _found(listing: Listing, scored: ScoredPartner) -> FoundPartner:
    evidence = suggested_pair(listing.asker, scored).evidence
    return FoundPartner(
        scored.partner.id,
        round(min(max(scored.score, 0.0), 1.0), 6),
        _EVIDENCE.dump_python(evidence, mode="json"),
    )


def _check(listing: Listing, basis: Basis) -> None:
    state = listing.live.state
    now = (state.model, state.statistics_version, listing.ranking_version)
    if now != (basis.model, basis.statistics_version, basis.ranking):
        raise InputsChangedError
