"""Published calls and their seats."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi import Path as PathParameter

from services.matcher.api.use_cases import Current
from services.matcher.casework import CurrentCasework
from services.matcher.domain.calls.stored import CallFilter
from services.matcher.service.calls.expected import Expected, etag
from shared.contracts.base import OrganisationId
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
from shared.contracts.seats import NewSeat, Release, SeatAlternatives, SeatAnswer
from shared.http.principals import Reader, require_role

router = APIRouter()
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]
Text = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Seat = Annotated[int, PathParameter(ge=1, lt=2**63)]
_CALL = "/calls/{call_id}"
_SEAT = f"{_CALL}/seats/{{seat_id}}"


async def _expected(if_match: Annotated[str | None, Header()] = None) -> Expected:
    return Expected.of(if_match)


Read = Annotated[Expected, Depends(_expected)]


def _person(reader: Principal) -> None:
    allowed = (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)
    require_role(reader, *allowed, reason="this is for the call's publisher and coordinators")


@router.post("/calls", status_code=201)
async def create(
    body: NewCall, reader: Reader, cases: CurrentCasework, response: Response, key: Key = None
) -> Call:
    """A draft."""
    _person(reader)
    call = await cases.calls.keep.create(body, reader, key)
    response.headers["Location"] = f"/calls/{call.id}"
    return _tagged(call, response)


@router.get("/calls")
async def list_calls(
    reader: Reader,
    cases: CurrentCasework,
    state: CallState | None = None,
    kind: CallKind | None = None,
    publisher: OrganisationId | None = None,
    text: Text = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> CallPage:
    """Those that the reader may know of, newest change first."""
    wanted = CallFilter(state, kind, publisher, text)
    return await cases.calls.lists.page(wanted, reader, cursor=cursor, limit=limit)


@router.get(_CALL)
async def read(call_id: CallId, reader: Reader, cases: CurrentCasework, response: Response) -> Call:
    """One call, as much of it as the reader may see."""
    return _tagged(await cases.calls.keep.read(call_id, reader), response)


@router.get(f"{_CALL}/team")
async def team(call_id: CallId, reader: Reader, cases: CurrentCasework) -> CallTeam:
    """Who took a closed call on; the gateway adds names and contacts."""
    _person(reader)
    return await cases.calls.keep.team(call_id, reader)


@router.put(_CALL)
async def replace(
    call_id: CallId,
    body: CallContent,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """Another content."""
    _person(reader)
    return _tagged(await cases.calls.keep.replace(call_id, body, reader, expected), response)


@router.post(f"{_CALL}/publication")
async def publish(
    call_id: CallId, reader: Reader, cases: CurrentCasework, expected: Read, response: Response
) -> Call:
    """Open to answers."""
    _person(reader)
    return _tagged(await cases.calls.keep.publish(call_id, reader, expected), response)


@router.post(f"{_CALL}/closing")
async def close(
    call_id: CallId,
    body: Closing,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """With its team."""
    _person(reader)
    return _tagged(await cases.calls.keep.close(call_id, body, reader, expected), response)


@router.post(f"{_CALL}/cancellation")
async def cancel(
    call_id: CallId,
    body: Cancellation,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """Without a team."""
    _person(reader)
    return _tagged(await cases.calls.keep.cancel(call_id, body, reader, expected), response)


@router.get(f"{_CALL}/proposals")
async def proposals(
    call_id: CallId, reader: Reader, use_cases: Current, afresh: bool = False
) -> ConsortiumAnswer:
    """Organisations for each requirement, and whole consortia around the present team."""
    return await use_cases.teams.proposals(call_id, reader, around_team=not afresh)


@router.post(f"{_CALL}/seats", status_code=201)
async def invite(
    call_id: CallId,
    body: NewSeat,
    reader: Reader,
    cases: CurrentCasework,
    response: Response,
    key: Key = None,
) -> Call:
    """Ask an organisation to take on requirements."""
    _person(reader)
    return _tagged(await cases.calls.seats.invite(call_id, body, reader, key), response)


@router.post(f"{_SEAT}/invitation")
async def confirm(
    call_id: CallId,
    seat_id: Seat,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """Invite whom the platform has suggested, or the publisher has asked for."""
    _person(reader)
    return _tagged(await cases.calls.seats.confirm(call_id, seat_id, reader, expected), response)


@router.post(f"{_SEAT}/answer")
async def answer(
    call_id: CallId,
    seat_id: Seat,
    body: SeatAnswer,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """Accept or decline, for one's own organisation."""
    _person(reader)
    call = await cases.calls.seats.answer(call_id, seat_id, body, reader, expected)
    return _tagged(call, response)


@router.post(f"{_SEAT}/release")
async def release(
    call_id: CallId,
    seat_id: Seat,
    body: Release,
    reader: Reader,
    cases: CurrentCasework,
    expected: Read,
    response: Response,
) -> Call:
    """Take a seat back, or give one's own back."""
    _person(reader)
    call = await cases.calls.seats.release(call_id, seat_id, body, reader, expected)
    return _tagged(call, response)


@router.get(f"{_SEAT}/alternatives")
async def alternatives(
    call_id: CallId, seat_id: Seat, reader: Reader, use_cases: Current
) -> SeatAlternatives:
    """Who else could take the seat, next best first."""
    return await use_cases.teams.alternatives(call_id, seat_id, reader)


@router.get("/call-invitations")
async def invitations(
    reader: Reader, cases: CurrentCasework, limit: Limit = 50, cursor: Cursor = None
) -> InvitationPage:
    """A member's own seats, newest change first."""
    return await cases.calls.lists.invitations(reader, cursor=cursor, limit=limit)


def _tagged(call: Call, response: Response) -> Call:
    response.headers["ETag"] = etag(call.version)
    return call
