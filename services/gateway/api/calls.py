"""Published calls: what is asked for, who proposes itself best, and the team."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from services.gateway import call_disclosure as disclosure
from services.gateway.api.parameters import EXPECTED_VERSION, IDEMPOTENT, Cursor, Limit
from services.gateway.call_contacts import team_of
from services.gateway.consortium_disclosure import consortium_answer
from services.gateway.context import Matcher, Parts
from services.gateway.rights import require_own, require_role
from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.calls import (
    Call,
    CallContent,
    CallId,
    CallKind,
    CallPage,
    CallState,
    CallTeam,
    Cancellation,
    Closing,
    InvitationPage,
    NewCall,
)
from shared.contracts.consortia import ConsortiumAnswer
from shared.contracts.principal import Principal, Role
from shared.contracts.seats import NewSeat, Release, SeatAlternatives, SeatAnswer, SeatId

router = APIRouter(tags=["calls"])
_CALL = "/calls/{call_id}"
_SEAT = f"{_CALL}/seats/{{seat_id}}"
_SECONDS = 60.0
"""Twenty long requirements take the model five."""
_CHANGED: dict[str, Any] = {"response_model": Call, "openapi_extra": EXPECTED_VERSION}
_MADE: dict[str, Any] = {
    "status_code": 201,
    "response_model": Call,
    "openapi_extra": IDEMPOTENT,
}


class CallQuery(Contract):
    """Which calls; all given conditions hold."""

    state: CallState | None = None
    kind: CallKind | None = None
    publisher: OrganisationId | None = None
    text: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    limit: Limit = 50
    cursor: Cursor = None


def _person(reader: Principal) -> None:
    require_role(reader, Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)


@router.post("/calls", **_MADE)
async def create_call(body: NewCall, matcher: Matcher) -> Response:
    """A draft. Coordinators make any; members of an enterprise one of its own."""
    _person(matcher.reader)
    if body.publisher is not None:
        require_own(matcher.reader, body.publisher)
    return await matcher.fetch("POST", "/calls", Call, disclosure.call, content=_json(body))


@router.get("/calls", response_model=CallPage)
async def list_calls(query: Annotated[CallQuery, Query()], matcher: Matcher) -> Response:
    """Calls that you may know of, newest change first."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/calls", CallPage, disclosure.call_page, params=params)


@router.get(_CALL, response_model=Call)
async def read_call(call_id: CallId, matcher: Matcher) -> Response:
    """One call with its ETag; the seats are for its publisher and coordinators."""
    return await matcher.fetch("GET", f"/calls/{call_id}", Call, disclosure.call)


@router.get(f"{_CALL}/team", response_model=CallTeam)
async def read_team(call_id: CallId, matcher: Matcher, parts: Parts) -> CallTeam:
    """Who took a closed call on together, with contacts; for them, its publisher and staff."""
    _person(matcher.reader)
    return await team_of(parts.matcher, parts.profiles, call_id, matcher.reader)


@router.put(_CALL, **_CHANGED)
async def replace_call(call_id: CallId, body: CallContent, matcher: Matcher) -> Response:
    """Another content; a requirement that somebody has a seat for stays."""
    _person(matcher.reader)
    return await matcher.fetch(
        "PUT", f"/calls/{call_id}", Call, disclosure.call, content=_json(body)
    )


@router.post(f"{_CALL}/publication", **_CHANGED)
async def publish_call(call_id: CallId, matcher: Matcher) -> Response:
    """Open it to answers."""
    _person(matcher.reader)
    return await matcher.fetch("POST", f"/calls/{call_id}/publication", Call, disclosure.call)


@router.post(f"{_CALL}/closing", **_CHANGED)
async def close_call(call_id: CallId, body: Closing, matcher: Matcher) -> Response:
    """End it with its team; without a must-have only with a word about it."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/closing"
    return await matcher.fetch("POST", path, Call, disclosure.call, content=_json(body))


@router.post(f"{_CALL}/cancellation", **_CHANGED)
async def cancel_call(call_id: CallId, body: Cancellation, matcher: Matcher) -> Response:
    """End it without a team."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/cancellation"
    return await matcher.fetch("POST", path, Call, disclosure.call, content=_json(body))


@router.get(f"{_CALL}/proposals", response_model=ConsortiumAnswer)
async def propose_for_call(call_id: CallId, matcher: Matcher, afresh: bool = False) -> Response:
    """Organisations for each requirement, and whole consortia around the present team, as a
    matrix; `afresh` forgets the team."""
    return await matcher.fetch(
        "GET",
        f"/calls/{call_id}/proposals",
        ConsortiumAnswer,
        consortium_answer,
        params={"afresh": afresh},
        timeout_seconds=_SECONDS,
    )


@router.post(f"{_CALL}/seats", **_MADE)
async def invite_to_call(call_id: CallId, body: NewSeat, matcher: Matcher) -> Response:
    """Ask an organisation to take on requirements; a member's wish waits for a coordinator."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/seats"
    return await matcher.fetch("POST", path, Call, disclosure.call, content=_json(body))


@router.post(f"{_SEAT}/invitation", **_CHANGED)
async def confirm_seat(call_id: CallId, seat_id: SeatId, matcher: Matcher) -> Response:
    """Invite whom the platform has suggested, or the publisher has asked for."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/seats/{seat_id}/invitation"
    return await matcher.fetch("POST", path, Call, disclosure.call)


@router.post(f"{_SEAT}/answer", **_CHANGED)
async def answer_invitation(
    call_id: CallId, seat_id: SeatId, body: SeatAnswer, matcher: Matcher
) -> Response:
    """Accept or decline, against the seat's version."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/seats/{seat_id}/answer"
    return await matcher.fetch("POST", path, Call, disclosure.call, content=_json(body))


@router.post(f"{_SEAT}/release", **_CHANGED)
async def release_seat(
    call_id: CallId, seat_id: SeatId, body: Release, matcher: Matcher
) -> Response:
    """Take a seat back (against the call's version), or give one's own back (the seat's)."""
    _person(matcher.reader)
    path = f"/calls/{call_id}/seats/{seat_id}/release"
    return await matcher.fetch("POST", path, Call, disclosure.call, content=_json(body))


@router.get(f"{_SEAT}/alternatives", response_model=SeatAlternatives)
async def list_seat_alternatives(call_id: CallId, seat_id: SeatId, matcher: Matcher) -> Response:
    """Who else could take the seat, next best first."""
    return await matcher.fetch(
        "GET",
        f"/calls/{call_id}/seats/{seat_id}/alternatives",
        SeatAlternatives,
        disclosure.alternatives,
        timeout_seconds=_SECONDS,
    )


@router.get("/call-invitations", response_model=InvitationPage)
async def list_invitations(matcher: Matcher, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Your organisation's seats in calls, newest change first."""
    require_role(matcher.reader, Role.MEMBER)
    params = {"limit": limit, "cursor": cursor}
    return await matcher.fetch(
        "GET", "/call-invitations", InvitationPage, disclosure.invitation_page, params=params
    )


def _json(body: BaseModel) -> bytes:
    return body.model_dump_json(exclude_unset=True).encode()
