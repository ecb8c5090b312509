"""Who may read a call, and what each may do with it."""

from enum import IntEnum

from services.matcher.domain.calls.stored import StoredCall
from shared.contracts.calls import Audience, CallState, Permissions
from shared.contracts.principal import Principal, Role

STAFF = frozenset({Role.COORDINATOR, Role.OPERATOR})


class Sight(IntEnum):
    """How much a reader sees."""

    NOTHING = 0
    TEXT = 1
    """What is published."""
    OWN_SEAT = 2
    ALL = 3


def sight(call: StoredCall, reader: Principal) -> Sight:
    """Drafts are for their publisher and coordinators; a seat shows a call until its end."""
    if reader.sees_everything or _publishes(call, reader):
        return Sight.ALL
    seats = [one for one in call.seats if reader.speaks_for(one.organisation)]
    if any(one.told for one in seats):
        return Sight.OWN_SEAT
    is_public = call.state is CallState.OPEN and call.content.audience is Audience.MEMBERS
    return Sight.TEXT if is_public else Sight.NOTHING


def manages(call: StoredCall, reader: Principal) -> bool:
    """Coordinators any, members of the publishing enterprise their own."""
    return reader.role in STAFF or _publishes(call, reader)


def permissions(call: StoredCall, reader: Principal) -> Permissions:
    """What this reader may do in the call's present state."""
    if not manages(call, reader):
        return Permissions()
    is_draft, is_open = call.state is CallState.DRAFT, call.state is CallState.OPEN
    return Permissions(
        edit=is_draft or is_open,
        publish=is_draft,
        invite=is_open,
        confirm=is_open,
        close=is_open,
        cancel=is_draft or is_open,
    )


def invites_directly(reader: Principal) -> bool:
    """A member's wish is looked at by a coordinator first: conflicts between others are not for
    members to find out."""
    return reader.role in STAFF or reader.role is Role.SERVICE


def _publishes(call: StoredCall, reader: Principal) -> bool:
    return call.publisher is not None and reader.speaks_for(call.publisher)
