"""Why is X not among the suggestions? Or where does it stand?"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

from services.matcher.domain.constants import CANDIDATE_ORGANISATIONS
from services.matcher.domain.explanation import explain, summary
from services.matcher.domain.ranking import rounded
from services.matcher.service.absence_reasons import (
    AbsenceQuestion,
    Standing,
    barring_reasons,
    reasons_by_score,
)
from services.matcher.service.late_answers import with_answers
from services.matcher.service.listing import (
    Listing,
    ListingRequest,
    PartnerListing,
    authorise,
)
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.service.suggestions import freshness, stand_in
from shared.contracts.principal import Principal
from shared.contracts.why_not import (
    ComparedFeature,
    Reason,
    WhyNot,
    WhyNotQuery,
)


class ExplainAbsence:
    """One that is kept out takes the same work as one that scores low, whatever keeps it out: the
    time of an answer tells nothing of what is not said."""

    def __init__(self, listing: PartnerListing, others: OtherProfiles, stale_months: int) -> None:
        self._listing = listing
        self._others = others
        self._stale_months = stale_months

    async def explain(
        self, organisation: str, other: str, query: WhyNotQuery, reader: Principal
    ) -> WhyNot:
        """Raises ProblemError `forbidden`, `not_found`, `erased` or `not_ready`."""
        authorise(organisation, reader)
        request = ListingRequest(organisation, query.side, query, query.diversity)
        known, listing = await asyncio.gather(
            self._others.visible(other, reader), self._listing.listed(request, reader, EVERYWHERE)
        )
        question = AbsenceQuestion(other, known, query, reader, self._stale_months)
        standing = await _answered(listing, await self._standing(listing, question))
        barring = list(barring_reasons(listing, question))
        told = barring or list(reasons_by_score(standing, query))
        # What keeps it out ends the answer for a member: how well it would have done is not said.
        detailed = reader.sees_everything or not barring
        return _answer(listing, question, standing, told, detailed=detailed)

    async def _standing(self, listing: Listing, question: AbsenceQuestion) -> Standing:
        shown = listing.partners[: question.query.limit]
        for rank, one in enumerate(listing.partners, 1):
            if one.id == question.other:
                return Standing(rank, one, one.scored, shown[-1].scored)
        for below in listing.below_minimum:
            if below.partner.id == question.other:
                return Standing(None, None, below, shown[-1].scored if shown else None)
        # Scores may depend on who is ranked beside it: those of the list are.
        ranked = [*(one.id for one in listing.partners), *_ids(listing.below_minimum)]
        scored = await self._listing.scored_among(
            listing,
            [*ranked[:CANDIDATE_ORGANISATIONS], question.other],
            question.query.side,
        )
        last = scored.get(shown[-1].id) if shown else None
        return Standing(None, None, scored.get(question.other), last)


async def _answered(listing: Listing, standing: Standing) -> Standing:
    if standing.scored is None:
        return standing
    found = await with_answers(listing.live, listing.asker, [standing.scored])
    return replace(standing, scored=found[standing.scored.partner.id])


def _ids(scored: Iterable[ScoredPartner]) -> Iterator[str]:
    return (one.partner.id for one in scored)


def _answer(
    listing: Listing,
    question: AbsenceQuestion,
    standing: Standing,
    reasons: list[Reason],
    *,
    detailed: bool,
) -> WhyNot:
    scored, last = (standing.scored, standing.last_shown) if detailed else (None, None)
    profile, reader = question.known.profile, question.reader
    return WhyNot(
        organisation=listing.asker.id,
        other=question.other,
        partner=summary(profile) if profile else None,
        listed=standing.rank is not None,
        rank=standing.rank,
        reasons=tuple(reasons),
        score=rounded(scored.score) if scored else None,
        last_shown_score=rounded(last.score) if last else None,
        receives=explain(scored.receives, reader) if scored else None,
        gives=explain(scored.gives, reader) if scored else None,
        lower_features=_lower(scored, last) if scored and last else (),
        stands_for_it=stand_in(standing.listed) if standing.listed else None,
        freshness=freshness(
            listing.live, listing.state, listing.asker.version, listing.ranking_version
        ),
    )


def _lower(scored: ScoredPartner, last: ScoredPartner) -> tuple[ComparedFeature, ...]:
    """Terms that are lower than those of the last one shown, the widest gap first."""
    own, others = _terms(scored), _terms(last)
    gaps = {name: others.get(name, 0.0) - own.get(name, 0.0) for name in {*own, *others}}
    return tuple(
        ComparedFeature(
            name=name, contribution=own.get(name, 0.0), last_shown=others.get(name, 0.0)
        )
        for name in sorted(gaps, key=lambda name: (-gaps[name], name))
        if gaps[name] > 0
    )


def _terms(scored: ScoredPartner) -> dict[str, float]:
    """The two directions' scores, and the features where there are any."""
    features = {one.name.value: rounded(one.contribution) for one in scored.features}
    return {
        "receives": rounded(scored.receives.score),
        "gives": rounded(scored.gives.score),
        **features,
    }
