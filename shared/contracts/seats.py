"""Seats of a call's team: who is asked for which requirements, and what was answered."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, OrganisationId, StatementId, Text
from shared.contracts.consortia import MOST_REQUIREMENTS
from shared.contracts.decisions import Reason
from shared.contracts.suggestions import PartnerSummary, Score, StatementQuote

SeatId = Annotated[int, Field(ge=1, lt=2**63)]
_Remark = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]


class SeatState(StrEnum):
    """Who is asked, and what was answered. Seats in the first four states are taken."""

    SUGGESTED = "suggested"
    """The platform names a replacement; it is invited when somebody confirms."""
    REQUESTED = "requested"
    """The publishing enterprise wants it; a coordinator looks for conflicts and invites."""
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"
    """Taken back by the publisher or a coordinator, or given back after accepting."""


class Seat(Contract):
    """One organisation's seat in the team, for one or more requirements."""

    id: SeatId
    organisation: OrganisationId
    requirements: tuple[StatementId, ...]
    state: SeatState
    version: Annotated[int, Field(ge=1)]
    message: str | None = None
    """To the invited organisation."""
    reasons: tuple[Reason, ...] = ()
    remark: str | None = None
    """The organisation's own words with its answer, or why the seat was released."""
    replaces: SeatId | None = None
    answer_by: datetime | None = None
    changed_at: datetime
    changed_by: str | None = None
    """Coordinators only."""


class RequirementState(Contract):
    """Whether a requirement has somebody; a row of the team's matrix."""

    requirement: StatementId
    accepted: tuple[OrganisationId, ...]
    waiting: tuple[OrganisationId, ...]
    """Suggested, requested or invited."""


class NewSeat(Contract):
    """An organisation is asked to take on requirements."""

    organisation: OrganisationId
    requirements: Annotated[
        tuple[StatementId, ...], Field(min_length=1, max_length=MOST_REQUIREMENTS)
    ]
    message: _Remark | None = None
    replaces: SeatId | None = None
    """A seat that was declined, has expired or was released."""


class SeatAnswer(Contract):
    """An invited organisation's."""

    accept: bool
    reasons: Annotated[tuple[Reason, ...], Field(max_length=9)] = ()
    remark: _Remark | None = None

    @model_validator(mode="after")
    def _reasons_fit(self) -> Self:
        if self.accept and self.reasons:
            raise ValueError("reasons: are for turning down")
        if not self.accept and not self.reasons:
            raise ValueError("reasons: name at least one")
        if Reason.OTHER in self.reasons and self.remark is None:
            raise ValueError("remark: say what `other` stands for")
        return self


class Release(Contract):
    """A seat is taken or given back."""

    remark: _Remark | None = None


class Alternative(Contract):
    """Somebody else for a seat."""

    partner: PartnerSummary
    score: Score
    """The weighted mean over the seat's requirements."""
    covers: tuple[StatementId, ...]
    in_best_team: bool
    """Whether the best set around the present team has it."""
    quotes: tuple[StatementQuote, ...] = ()


class SeatAlternatives(Contract):
    """Next best first."""

    seat: SeatId
    items: tuple[Alternative, ...]
