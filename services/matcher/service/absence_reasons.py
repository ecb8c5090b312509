"""Which reasons keep an organisation out of a list, or put it where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.explanation import may_be_found, summary
from services.matcher.domain.ranking import rounded
from services.matcher.domain.restrictions import missed_filters
from services.matcher.domain.snapshot import current, without
from services.matcher.service.listed_partner import ListedPartner
from services.matcher.service.listing import Listing
from services.matcher.service.other_profile import OtherProfile
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.organisation import Status
from shared.contracts.principal import Principal
from shared.contracts.why_not import NOT_FOR_MEMBERS, Reason, ReasonCode, WhyNotQuery
from shared.reason_catalogue import reason


@dataclass(frozen=True)
class AbsenceQuestion:
    """About whom, in which list, for whom."""

    other: str
    known: OtherProfile
    query: WhyNotQuery
    reader: Principal
    stale_months: int


@dataclass(frozen=True)
class Standing:
    """Where it is in the list, or what it would score beside those that are in it."""

    rank: int | None
    listed: ListedPartner | None
    scored: ScoredPartner | None
    last_shown: ScoredPartner | None
    """From the same computation as `scored`."""


def barring_reasons(listing: Listing, question: AbsenceQuestion) -> Iterator[Reason]:
    """All that keeps it out whatever it scores, the hidden ones as one."""
    codes = list(_constraints(listing, question))
    if not question.reader.sees_everything and NOT_FOR_MEMBERS & set(codes):
        codes = [code for code in codes if code not in NOT_FOR_MEMBERS]
        codes.append(ReasonCode.UNDISCLOSED)
    yield from (reason(code, {"months": question.stale_months}) for code in codes)
    yield from _filters(listing, question)
    yield from _unmatchable(question)


def _constraints(listing: Listing, question: AbsenceQuestion) -> Iterator[ReasonCode]:
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


def _filters(listing: Listing, question: AbsenceQuestion) -> Iterator[Reason]:
    profile, query = question.known.profile, question.query
    if profile is None:
        return
    for code, wanted, own in missed_filters(profile, query):
        yield reason(code, {"wanted": wanted, "own": own})
    free = without(current(profile, datetime.now(UTC).date()), question.known.held_statements)
    if not may_be_found(free, listing.fields, question.reader):
        yield reason(ReasonCode.OTHER_FIELD, {"wanted": query.field})


def _unmatchable(question: AbsenceQuestion) -> Iterator[Reason]:
    known = question.known
    if known.status is not Status.ACTIVE:
        return
    if known.profile is None:
        yield reason(ReasonCode.NOT_INDEXED)
    elif not _valid(known):
        yield reason(ReasonCode.NOT_INDEXED if known.behind else ReasonCode.NOTHING_STATED)


def reasons_by_score(standing: Standing, query: WhyNotQuery) -> Iterator[Reason]:
    """Of one that nothing keeps out."""
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


def _listed(standing: Standing, query: WhyNotQuery) -> Iterator[Reason]:
    assert standing.rank is not None
    assert standing.listed
    further = standing.rank > query.limit
    code = ReasonCode.FURTHER_DOWN if further else ReasonCode.SHOWN
    yield reason(code, {"rank": standing.rank, "limit": query.limit})
    if standing.listed.stand_in:
        names = summary(standing.listed.stand_in).names
        yield reason(ReasonCode.STOOD_FOR, {"other": names.display})
