"""Which matches, in which order, and where a page ended."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.matches import MatchOrigin, MatchSort, MatchState

FOR_THE_REQUESTER = frozenset(
    {MatchState.SUGGESTED, MatchState.IN_REVIEW, MatchState.ON_HOLD, MatchState.APPROVED}
)
"""A member who asked for an introduction is told of all of these that it is being reviewed."""


@dataclass(frozen=True)
class MatchFilter:
    """All given conditions hold; None and empty mean any."""

    states: tuple[MatchState, ...] = ()
    organisation: str | None = None
    """On either side."""
    member: str | None = None
    """Only what a member of this organisation may know of."""
    assignee: str | None = None
    unassigned: bool = False
    requested: bool | None = None
    """Whether a member asked for it."""
    origin: MatchOrigin | None = None
    kind: str | None = None
    """Of one of the two; so are province and fields."""
    province: str | None = None
    fields: tuple[str, ...] = ()
    """One of these."""
    minimum_score: float = 0.0
    updated_since: datetime | None = None
    text: str | None = None
    """In the ids or names of the two."""
    run: str | None = None


@dataclass(frozen=True)
class QueuePlace:
    """The last match of a page, by what the page is sorted by."""

    sort: MatchSort
    value: float | datetime
    id: str
