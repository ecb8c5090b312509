"""What people decide about suggested partners. Records are added, never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.organisation import Names


class Reason(StrEnum):
    """Why a suggestion was turned down."""

    TOO_EARLY = "too_early"
    OUT_OF_SCOPE = "out_of_scope"
    NEED_UNCLEAR = "need_unclear"
    CAPABILITY_OVERSTATED = "capability_overstated"
    CAPACITY = "capacity"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ALREADY_PARTNERS = "already_partners"
    POLICY = "policy"
    OTHER = "other"


class RecordKind(StrEnum):
    """Who says it, at which step."""

    DECISION = "decision"
    """A coordinator's."""
    RESPONSE = "response"
    """A member's."""
    INTRODUCTION = "introduction"
    OUTCOME = "outcome"


class Verdict(StrEnum):
    """What is said."""

    APPROVED = "approved"
    REJECTED = "rejected"
    INTERESTED = "interested"
    DECLINED = "declined"
    INTRODUCED = "introduced"
    COLLABORATING = "collaborating"
    ENDED = "ended"
    """It came to nothing, or is over."""
    TAKEN_BACK = "taken_back"
    """A member's answer does not stand any more."""


_Text = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]
_NEGATIVE = (Verdict.REJECTED, Verdict.DECLINED)


class _Saying(Contract):
    reasons: Annotated[tuple[Reason, ...], Field(max_length=9)] = ()
    text: _Text | None = None

    @model_validator(mode="after")
    def _reasons_fit(self) -> Self:
        negative = getattr(self, "verdict", None) in _NEGATIVE
        if negative and not self.reasons:
            raise ValueError("reasons: name at least one")
        if self.reasons and not negative:
            raise ValueError("reasons: are for turning down")
        if Reason.OTHER in self.reasons and self.text is None:
            raise ValueError("text: say what `other` stands for")
        return self


class DecisionRequest(_Saying):
    """A coordinator's decision about a pair; a later one takes its place."""

    verdict: Literal[Verdict.APPROVED, Verdict.REJECTED]


class ResponseRequest(_Saying):
    """A member's answer to a suggestion; a later one takes its place."""

    verdict: Literal[Verdict.INTERESTED, Verdict.DECLINED]


class OutcomeRequest(_Saying):
    """How far a pair has come: introduced, working together, over."""

    verdict: Literal[Verdict.INTRODUCED, Verdict.COLLABORATING, Verdict.ENDED]


class SnapshotFeature(Contract):
    """One term of the sum, as it was."""

    name: str
    value: float
    contribution: float


class SuggestionSnapshot(Contract):
    """What the suggestion was at that moment; no text."""

    features: tuple[SnapshotFeature, ...]
    raw: float
    """Log odds by the hand-set weights."""
    probability: float
    """The score that was shown."""
    rank: int
    ranking_version: str
    model: str
    statistics_version: int
    organisation_version: int
    partner_version: int
    explored: bool = False
    propensity: float = 1.0
    """The chance with which it stood in its place; 1 where none had a hand in it."""


class PairRecord(Contract):
    """One thing said about a pair."""

    id: int
    kind: RecordKind
    organisation: OrganisationId
    """In whose list the other stood; for a response, who answers."""
    partner: OrganisationId
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    text: str | None = None
    said_by: str
    said_at: datetime
    superseded: bool = False
    """Something later of the same kind takes its place."""
    snapshot: SuggestionSnapshot | None = None
    """None where the partner was not in the list; members never get it."""


class PairRecordPage(Contract):
    """Newest first."""

    items: tuple[PairRecord, ...]
    next_cursor: str | None = None


class DeclinedSuggestion(Contract):
    """A suggestion that an organisation has said no to."""

    organisation: OrganisationId
    other: OrganisationId
    names: Names | None = None
    """Of the other; None once it is gone."""
    reasons: tuple[Reason, ...]
    text: str | None = None
    said_at: datetime
    again_from: datetime | None = None
    """Until then neither is suggested to the other, unless a profile changes; None where they may
    be suggested already."""


class DeclinedSuggestionPage(Contract):
    """In the order of the others' ids."""

    items: tuple[DeclinedSuggestion, ...]
    next_cursor: str | None = None
