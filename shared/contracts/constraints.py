"""What coordinators say of two organisations that are not to be suggested to each other."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Contract, OrganisationId, Text


class PairConstraintKind(StrEnum):
    """Why the two are kept apart; all hold both ways."""

    NEVER_AGAIN = "never_again"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ALREADY_PARTNERS = "already_partners"


class NewPairConstraint(Contract):
    """The body of PUT."""

    reason: Annotated[Text, StringConstraints(min_length=1, max_length=1000)] | None = None
    """For coordinators; members never read it."""
    until: date | None = None
    """The last day on which it holds; None means for good."""


class PairConstraint(NewPairConstraint):
    """One constraint as the named organisation's side of an unordered pair."""

    organisation: OrganisationId
    other: OrganisationId
    kind: PairConstraintKind
    set_by: str
    set_at: datetime
    active: bool = True
    """False once `until` has passed."""


class PairConstraintPage(Contract):
    """In the order of the other organisation's id and of the kind."""

    items: Annotated[tuple[PairConstraint, ...], Field(max_length=200)]
    next_cursor: str | None = None
