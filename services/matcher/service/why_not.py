"""Why is X not among the suggestions? Or where does it stand?"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.constants import CANDIDATE_ORGANISATIONS
from services.matcher.domain.explanation import explain, may_be_found, summary
from services.matcher.domain.ranking import rounded
from services.matcher.domain.restrictions import missed_filters
from services.matcher.domain.snapshot import current, without
from services.matcher.service.listing import (
    ListedPartner,
    Listing,
    ListingRequest,
    PartnerListing,
    authorise,
)
from services.matcher.service.other_profile import OtherProfile, OtherProfiles
from services.matcher.service.partner_ranking import ScoredPartner
from services.matcher.service.scope import EVERYWHERE
from services.matcher.service.suggestions import freshness, stand_in
from shared.contracts.organisation import Status
from shared.contracts.principal import Principal
from shared.contracts.why_not import (
    NOT_FOR_MEMBERS,
    ComparedFeature,
    Reason,
    ReasonCode,
    WhyNot,
    WhyNotQuery,
)
from shared.reason_catalogue import reason


@dataclass(frozen=True)
class _Question:
    other: str
    known: OtherProfile
    query: WhyNotQuery
    reader: Principal
    stale_months: int


@dataclass(frozen=True)
class _Standing:
    """Where it is in the list, or what it would score beside those that are in it."""

    rank: int | None
    listed: ListedPartner | None
    scored: ScoredPartner | None
    last_shown: ScoredPartner | None
    """From the same computation as `scored`."""


class ExplainAbsence:
    """The same work for each answer: the time it takes tells nothing of what is not said."""

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
        question = _Question(other, known, query, reader, self._stale_months)
        standing = await self._standing(listing, question)
        barring = list(_barring(listing, question))
        told = barring or list(_by_score(standing, query))
        # What keeps it out ends the answer for a member: how well it would have done is not said.
        detailed = reader.sees_everything or not barring
        return _answer(listing, question, standing, told, detailed=detailed)

    async def _standing(self, listing: Listing, question: _Question) -> _Standing:
        shown = listing.partners[: question.query.limit]
        for rank, one in enumerate(listing.partners, 1):
            if one.id == question.other:
                return _Standing(rank, one, one.scored, shown[-1].scored)
        compared = [one.id for one in listing.partners[:CANDIDATE_ORGANISATIONS]]
        scored = await self._listing.scored_among(
            listing, [*compared, question.other], question.query.side
        )
        last = scored.get(shown[-1].id) if shown else None
        return _Standing(None, None, scored.get(question.other), last)


def _barring(listing: Listing, question: _Question) -> Iterator[Reason]:
    """All that keeps it out whatever it scores, the hidden ones as one."""
    codes = list(_constraints(listing, question))
    if not question.reader.sees_everything and NOT_FOR_MEMBERS & set(codes):
        codes = [code for code in codes if code not in NOT_FOR_MEMBERS]
        codes.append(ReasonCode.UNDISCLOSED)
    yield from (reason(code, {"months": question.stale_months}) for code in codes)
    yield from _filters(question)
    yield from _unmatchable(question)


def _constraints(listing: Listing, question: _Question) -> Iterator[ReasonCode]:
    known = question.known
    if known.status is not Status.ACTIVE:
        yield ReasonCode.WITHDRAWN
    codes = listing.restrictions.reasons(question.other)
    yield from codes
    if ReasonCode.POLICY_HOLD not in codes and _all_held(known):
        yield ReasonCode.POLICY_HOLD


def _all_held(known: OtherProfile) -> bool:
    """It has valid statements, and screening holds every one."""
    valid = _valid(known)
    return bool(valid) and all(id in known.held_statements for id in valid)


def _valid(known: OtherProfile) -> list[str]:
    if known.profile is None:
        return []
    valid = current(known.profile, datetime.now(UTC).date())
    return [statement.key.statement for statement in valid.statements]


def _filters(question: _Question) -> Iterator[Reason]:
    profile, query = question.known.profile, question.query
    if profile is None:
        return
    for code, wanted, own in missed_filters(profile, query):
        yield reason(code, {"wanted": wanted, "own": own})
    free = without(current(profile, datetime.now(UTC).date()), question.known.held_statements)
    if not may_be_found(free, query.field, question.reader):
        yield reason(ReasonCode.OTHER_FIELD, {"wanted": query.field})


def _unmatchable(question: _Question) -> Iterator[Reason]:
    known = question.known
    if known.status is not Status.ACTIVE:
        return
    if known.profile is None:
        yield reason(ReasonCode.NOT_INDEXED)
    elif not _valid(known):
        yield reason(ReasonCode.NOT_INDEXED if known.behind else ReasonCode.NOTHING_STATED)


def _by_score(standing: _Standing, query: WhyNotQuery) -> Iterator[Reason]:
    if standing.rank is not None:
        yield from _listed(standing, query)
        return
    score = rounded(standing.scored.score) if standing.scored else 0.0
    last = rounded(standing.last_shown.score) if standing.last_shown else 0.0
    if score < query.minimum_score:
        yield reason(ReasonCode.BELOW_MINIMUM, {"score": score, "minimum": query.minimum_score})
    elif score < last:
        yield reason(ReasonCode.LOWER_SCORE, {"score": score, "last": last})
    else:
        yield reason(ReasonCode.NOT_RETRIEVED, {"score": score})


def _listed(standing: _Standing, query: WhyNotQuery) -> Iterator[Reason]:
    assert standing.rank is not None
    assert standing.listed
    further = standing.rank > query.limit
    code = ReasonCode.FURTHER_DOWN if further else ReasonCode.SHOWN
    yield reason(code, {"rank": standing.rank, "limit": query.limit})
    if standing.listed.stand_in:
        names = summary(standing.listed.stand_in).names
        yield reason(ReasonCode.STOOD_FOR, {"other": names.display})


def _answer(
    listing: Listing,
    question: _Question,
    standing: _Standing,
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
        freshness=freshness(listing.live, listing.state, listing.asker.version),
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
