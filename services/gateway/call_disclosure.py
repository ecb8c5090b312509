"""What may leave of calls for this reader, whatever the matcher sent. Pure."""

from services.gateway.disclosure import may_read
from shared.contracts.calls import (
    Audience,
    Call,
    CallPage,
    CallState,
    CallSummary,
    CallTeam,
    InvitationPage,
    Permissions,
)
from shared.contracts.principal import Principal
from shared.contracts.seats import Alternative, Seat, SeatAlternatives, SeatState
from shared.errors import ProblemError
from shared.match_visibility import is_staff

_NOT_TOLD = frozenset({SeatState.SUGGESTED, SeatState.REQUESTED})


def call(found: Call, reader: Principal) -> Call:
    """The whole for its publisher and staff; others get what is published and their own seat.

    Raises ProblemError("not_found") where it is neither published nor theirs.
    """
    if reader.sees_everything:
        return found
    if _publishes(found.publisher, reader):
        return found.model_copy(update={"seats": tuple(map(_unsigned, found.seats))})
    own = tuple(_unsigned(one) for one in found.seats if _is_own(one, reader))
    public = found.state is CallState.OPEN and found.audience is Audience.MEMBERS
    if not own and not public:
        raise ProblemError("not_found", what="call", id=found.id)
    limits = found.limits.model_copy(update={"fixed": (), "excluded": ()})
    return found.model_copy(
        update={
            "seats": own,
            "team": (),
            "complete": None,
            "limits": limits,
            "may": Permissions(),
            "remark": found.remark if own else None,
        }
    )


def call_team(team: CallTeam, reader: Principal) -> CallTeam:
    """Raises ProblemError("not_found") for those who are not of it."""
    of_it = [*team.members, *([team.publisher] if team.publisher else [])]
    if is_staff(reader) or any(reader.speaks_for(one.organisation) for one in of_it):
        return team
    raise ProblemError("not_found", what="call", id=team.call_id)


def call_page(page: CallPage, reader: Principal) -> CallPage:
    """Drafts of others are not told, nor how many have answered."""
    if reader.sees_everything:
        return page
    items = tuple(_row(one, reader) for one in page.items if _may_know(one, reader))
    return page.model_copy(update={"items": items})


def invitation_page(page: InvitationPage, reader: Principal) -> InvitationPage:
    """A member's own."""
    items = tuple(one for one in page.items if _is_own(one.seat, reader))
    return page.model_copy(update={"items": items})


def alternatives(found: SeatAlternatives, reader: Principal) -> SeatAlternatives:
    """For members without whoever is there for a confidential statement."""
    if reader.sees_everything:
        return found
    kept = tuple(one for one in found.items if _rests_on_readable(one, reader))
    return found.model_copy(update={"items": kept})


def _rests_on_readable(one: Alternative, reader: Principal) -> bool:
    return all(may_read(quote, reader) for quote in one.quotes)


def _publishes(publisher: str | None, reader: Principal) -> bool:
    return publisher is not None and reader.speaks_for(publisher)


def _is_own(seat: Seat, reader: Principal) -> bool:
    return reader.speaks_for(seat.organisation) and seat.state not in _NOT_TOLD


def _unsigned(seat: Seat) -> Seat:
    return seat.model_copy(update={"changed_by": None})


def _may_know(row: CallSummary, reader: Principal) -> bool:
    return row.state is not CallState.DRAFT or _publishes(row.publisher, reader)


def _row(row: CallSummary, reader: Principal) -> CallSummary:
    if _publishes(row.publisher, reader):
        return row
    return row.model_copy(update={"accepted": None, "waiting": None})
