"""Calls as they are stored."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.calls import CallContent, CallEvent, CallKind, CallState
from shared.contracts.decisions import Reason
from shared.contracts.seats import SeatState

TAKEN = frozenset({SeatState.SUGGESTED, SeatState.REQUESTED, SeatState.INVITED, SeatState.ACCEPTED})
"""An organisation has at most one seat in these."""
WAITING = TAKEN - {SeatState.ACCEPTED}
KNOWN = frozenset(SeatState) - {SeatState.SUGGESTED, SeatState.REQUESTED}
"""The seats that the organisation itself is told of."""


@dataclass(frozen=True)
class StoredSeat:
    """One organisation's seat."""

    id: int
    """0 before it is stored."""
    organisation: str
    requirements: tuple[str, ...]
    state: SeatState
    version: int
    changed_at: datetime
    changed_by: str
    message: str | None = None
    reasons: tuple[Reason, ...] = ()
    remark: str | None = None
    replaces: int | None = None
    answer_by: datetime | None = None
    vacant: bool = False
    """It was given up, and the platform still has to look for the next best."""
    told: bool = False
    """The organisation has been invited to it at some time."""


@dataclass(frozen=True)
class StoredCall:
    """A call with its seats, in the order in which they were made."""

    id: str
    content: CallContent
    publisher: str | None
    state: CallState
    version: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    ended_at: datetime | None = None
    remark: str | None = None
    seats: tuple[StoredSeat, ...] = ()

    def seat(self, id: int) -> StoredSeat | None:
        """One of its seats."""
        return next((one for one in self.seats if one.id == id), None)

    def taken_by(self, organisation: str) -> StoredSeat | None:
        """The seat that it has now."""
        taken = (one for one in self.seats if one.state in TAKEN)
        return next((one for one in taken if one.organisation == organisation), None)

    def refused(self) -> frozenset[str]:
        """Organisations that had a seat and have none now."""
        return frozenset(
            one.organisation for one in self.seats if not self.taken_by(one.organisation)
        )

    def in_state(self, *states: SeatState) -> tuple[StoredSeat, ...]:
        """Seats in one of these."""
        return tuple(one for one in self.seats if one.state in states)


@dataclass(frozen=True)
class Change:
    """What a call has become, and what happened."""

    call: StoredCall
    event: CallEvent
    organisations: tuple[str, ...] = ()
    """Whom it concerns."""


@dataclass(frozen=True)
class CallFilter:
    """Which calls; all given conditions hold."""

    state: CallState | None = None
    kind: CallKind | None = None
    publisher: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class ReaderScope:
    """Whose eyes a list is for; None for those who see everything."""

    organisation: str | None = None
    everything: bool = False


@dataclass(frozen=True)
class Place:
    """Where a page of a list ended."""

    at: datetime
    id: str
