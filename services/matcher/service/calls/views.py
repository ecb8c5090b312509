"""A call as a reader may see it."""

from services.matcher.domain.calls.coverage import complete, team_of
from services.matcher.domain.calls.life import parties
from services.matcher.domain.calls.rights import Sight, manages, permissions, sight
from services.matcher.domain.calls.stored import KNOWN, StoredCall, StoredSeat
from shared.contracts.calls import Call, CallContent, CallTeam, Invitation, TeamMember
from shared.contracts.principal import Principal
from shared.contracts.seats import Seat, SeatState
from shared.errors import ProblemError


def call_view(call: StoredCall, reader: Principal) -> Call:
    """Raises ProblemError("not_found") where the reader may not know of it."""
    seen = sight(call, reader)
    if seen is Sight.NOTHING:
        raise ProblemError("not_found", what="call", id=call.id)
    told_all = seen is Sight.ALL
    content = call.content if told_all else _published(call.content)
    return Call(
        **{name: getattr(content, name) for name in CallContent.model_fields},
        id=call.id,
        publisher=call.publisher,
        state=call.state,
        version=call.version,
        seats=tuple(seat_view(one, reader) for one in call.seats if _may_know(one, seen, reader)),
        team=team_of(call) if told_all else (),
        complete=complete(call) if told_all else None,
        may=permissions(call, reader),
        remark=call.remark if told_all or seen is Sight.OWN_SEAT else None,
        created_at=call.created_at,
        updated_at=call.updated_at,
        published_at=call.published_at,
        ended_at=call.ended_at,
    )


def team_view(call: StoredCall, reader: Principal) -> CallTeam:
    """Raises ProblemError `not_found`, or `contacts_closed` before the end and for others."""
    call_view(call, reader)
    met = parties(call)
    if not met or not call.ended_at or not _may_meet(call, met, reader):
        raise ProblemError("contacts_closed")
    publisher = TeamMember(organisation=call.publisher) if call.publisher else None
    seats = call.in_state(SeatState.ACCEPTED)
    members = (TeamMember(organisation=o.organisation, requirements=o.requirements) for o in seats)
    return CallTeam(
        call_id=call.id, introduced_at=call.ended_at, publisher=publisher, members=tuple(members)
    )


def _may_meet(call: StoredCall, met: tuple[str, ...], reader: Principal) -> bool:
    return manages(call, reader) or any(reader.speaks_for(one) for one in met)


def seat_view(seat: StoredSeat, reader: Principal) -> Seat:
    """Who has moved it is for coordinators."""
    return Seat(
        id=seat.id,
        organisation=seat.organisation,
        requirements=seat.requirements,
        state=seat.state,
        version=seat.version,
        message=seat.message,
        reasons=seat.reasons,
        remark=seat.remark,
        replaces=seat.replaces,
        answer_by=seat.answer_by,
        changed_at=seat.changed_at,
        changed_by=seat.changed_by if reader.sees_everything else None,
    )


def invitation_view(call: StoredCall, seat: StoredSeat, reader: Principal) -> Invitation:
    """A member's own seat."""
    return Invitation(
        call=call.id,
        title=call.content.title,
        state=call.state,
        publisher=call.publisher,
        deadline=call.content.deadline,
        seat=_without_replaced(seat_view(seat, reader)),
    )


def _may_know(seat: StoredSeat, seen: Sight, reader: Principal) -> bool:
    if seen is Sight.ALL:
        return True
    return reader.speaks_for(seat.organisation) and seat.told and seat.state in KNOWN


def _without_replaced(seat: Seat) -> Seat:
    """That somebody else had the seat before is not for the next one."""
    return seat.model_copy(update={"replaces": None})


def _published(content: CallContent) -> CallContent:
    """Whom the publisher wants or does not want is its own affair."""
    limits = content.limits.model_copy(update={"fixed": (), "excluded": ()})
    return content.model_copy(update={"limits": limits})
