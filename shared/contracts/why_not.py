"""Why an organisation is not among the suggestions for another, or where it stands."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.suggestions import (
    Direction,
    Freshness,
    PartnerSummary,
    Score,
    StandIn,
    SuggestionFilter,
    SuggestionSide,
)


class ReasonCode(StrEnum):
    """Codes are part of the public API: they may be added, never changed in meaning."""

    SAME_ORGANISATION = "same_organisation"
    WITHDRAWN = "withdrawn"
    EXCLUDED_BY_ASKER = "excluded_by_asker"
    EXCLUDED_BY_OTHER = "excluded_by_other"
    NEVER_AGAIN = "never_again"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ALREADY_PARTNERS = "already_partners"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    DECLINED_BY_OTHER = "declined_by_other"
    AT_CAPACITY = "at_capacity"
    POLICY_HOLD = "policy_hold"
    STALE_PROFILE = "stale_profile"
    UNDISCLOSED = "undisclosed"
    """One or more of those that this reader may not know."""
    OTHER_KIND = "other_kind"
    OTHER_COUNTRY = "other_country"
    OTHER_PROVINCE = "other_province"
    OTHER_FIELD = "other_field"
    NOTHING_STATED = "nothing_stated"
    NOT_INDEXED = "not_indexed"
    BELOW_MINIMUM = "below_minimum"
    LOWER_SCORE = "lower_score"
    NOT_RETRIEVED = "not_retrieved"
    FURTHER_DOWN = "further_down"
    STOOD_FOR = "stood_for"
    """A near-duplicate or a sister institute comes first."""
    SHOWN = "shown"


NOT_FOR_MEMBERS = frozenset(
    {
        ReasonCode.WITHDRAWN,
        ReasonCode.EXCLUDED_BY_OTHER,
        ReasonCode.NEVER_AGAIN,
        ReasonCode.CONFLICT_OF_INTEREST,
        ReasonCode.DECLINED_BY_OTHER,
        ReasonCode.AT_CAPACITY,
        ReasonCode.POLICY_HOLD,
    }
)
"""Each of them is told to members as `undisclosed`, in the same words."""


class Reason(Contract):
    """One reason, for machines and in both languages."""

    code: ReasonCode
    zh: str
    en: str


class ComparedFeature(Contract):
    """A term of the score that is lower than that of the last one shown."""

    name: str
    contribution: float
    last_shown: float


class WhyNotQuery(SuggestionFilter):
    """The suggestions that are meant: those of the same parameters."""

    side: SuggestionSide = SuggestionSide.MUTUAL
    diversity: bool = True
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    """How many were shown."""


class WhyNot(Contract):
    """The answer. What is not told to this reader, or does not apply, is None or empty."""

    organisation: OrganisationId
    other: OrganisationId
    partner: PartnerSummary | None = None
    listed: bool
    """Whether it is in the list, on whatever page."""
    rank: int | None = None
    reasons: tuple[Reason, ...]
    """The strongest first."""
    score: Score | None = None
    last_shown_score: Score | None = None
    """Of the last one on the first page, from the same computation."""
    receives: Direction | None = None
    gives: Direction | None = None
    lower_features: tuple[ComparedFeature, ...] = ()
    stands_for_it: StandIn | None = None
    freshness: Freshness
