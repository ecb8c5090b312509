"""One call: what it asks for, its team, who covers it, and the seats."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from services.gateway import call_disclosure
from services.gateway.call_contacts import team_of
from services.gateway.console.call_coverage import coverage_of
from services.gateway.console.call_form import invitations_in
from services.gateway.console.call_labels import CALL_TONES, SEAT_TONES
from services.gateway.console.forms import plain_fields
from services.gateway.console.organisation_names import names_of
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Settled
from services.gateway.console.pages.queries import PageQuery, checked
from services.gateway.console.translation import sentence
from services.gateway.consortium_disclosure import consortium_answer
from shared.contracts.calls import Call, CallId, CallState, CallTeam
from shared.contracts.consortia import ConsortiumAnswer
from shared.contracts.decisions import Reason
from shared.contracts.organisation import Names
from shared.contracts.principal import Role
from shared.contracts.seats import (
    NewSeat,
    Release,
    Seat,
    SeatAlternatives,
    SeatAnswer,
    SeatId,
    SeatState,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/calls/{call_id}")
_TAKEN = (SeatState.SUGGESTED, SeatState.REQUESTED, SeatState.INVITED, SeatState.ACCEPTED)
_PEOPLE = (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)
_AWAY = frozenset({"not_ready", "upstream_timeout"})


class CoverageQuery(PageQuery):
    """Which proposal is looked at."""

    proposal: Annotated[int, Field(ge=1, le=10)] = 1
    afresh: bool = False


@router.get("")
async def call_page(call_id: CallId, page: Settled) -> Response:
    """What it asks for; for its publisher and coordinators the team, for the invited their seat."""
    call = await _call(page, call_id)
    return page.render("calls/call.html", **await _about(page, call))


@router.get("/coverage")
async def coverage(
    call_id: CallId, page: Settled, query: Annotated[CoverageQuery, Query()]
) -> Response:
    """Requirements beside organisations, as a matrix."""
    call = await _call(page, call_id)
    answer, problem = None, None
    try:
        answer = await _proposals(page, call_id, query)
    except ProblemError as error:
        if error.code not in _AWAY and error.code != "call_without_requirements":
            raise
        problem = error
    matrix = coverage_of(call, answer, query.proposal) if answer else None
    about = await _about(page, call) | {"problem": problem}
    return page.render("calls/coverage.html", answer=answer, matrix=matrix, query=query, **about)


@router.post("/seats")
async def invite(call_id: CallId, page: Settled) -> Response:
    """One organisation to some requirements."""
    new = await page.read_form(NewSeat)
    await page.matcher.send("POST", f"/calls/{call_id}/seats", Call, new, call_disclosure.call)
    said = sentence("{organisation} is invited, or waits for a coordinator.")
    return page.redirect(_back(page, call_id), said, organisation=new.organisation)


@router.post("/invitations")
async def invite_all(call_id: CallId, page: Settled) -> Response:
    """Everybody whom the page has shown without a seat, each to what it was shown to cover."""
    wanted = invitations_in(plain_fields(await page.form()))
    for given in wanted:
        new = checked(NewSeat, given)
        await page.matcher.send("POST", f"/calls/{call_id}/seats", Call, new)
    said = sentence("{count} organisations are asked.")
    return page.redirect(f"/console/calls/{call_id}", said, count=len(wanted))


@router.post("/seats/{seat_id}/invitation")
async def confirm(call_id: CallId, seat_id: SeatId, page: Settled) -> Response:
    """Invite whom the platform has suggested, or the publisher has asked for."""
    path = f"/calls/{call_id}/seats/{seat_id}/invitation"
    await page.matcher.send("POST", path, Call, if_match=await _version(page))
    return page.redirect(f"/console/calls/{call_id}", sentence("The invitation is on its way."))


@router.post("/seats/{seat_id}/release")
async def release(call_id: CallId, seat_id: SeatId, page: Settled) -> Response:
    """Take a seat back, or give one's own back."""
    said = checked(Release, {"remark": _text(await page.form(), "remark")})
    path = f"/calls/{call_id}/seats/{seat_id}/release"
    await page.matcher.send("POST", path, Call, said, if_match=await _version(page))
    return page.redirect(f"/console/calls/{call_id}", sentence("The seat is released."))


@router.post("/seats/{seat_id}/answer")
async def answer_invitation(call_id: CallId, seat_id: SeatId, page: Settled) -> Response:
    """Accept or decline; what is missing is said beside the form."""
    form = await page.form()
    given = {
        "accept": form.get("accept") == "yes",
        "reasons": [str(one) for one in form.getlist("reasons[]")],
        "remark": _text(form, "remark"),
    }
    path = f"/calls/{call_id}/seats/{seat_id}/answer"
    try:
        said = checked(SeatAnswer, given)
        await page.matcher.send("POST", path, Call, said, if_match=await _version(page))
    except ProblemError as problem:
        if problem.status not in (409, 412, 422):
            raise
        about = await _about(page, await _call(page, call_id)) | {"problem": problem}
        return page.render("calls/call.html", status=problem.status, **about)
    return page.redirect(f"/console/calls/{call_id}", sentence("Thank you, your answer is noted."))


@router.get("/seats/{seat_id}/alternatives")
async def alternatives(call_id: CallId, seat_id: SeatId, page: Settled) -> Response:
    """Who else could take the seat."""
    path = f"/calls/{call_id}/seats/{seat_id}/alternatives"
    call, found = await asyncio.gather(
        _call(page, call_id),
        page.matcher.get(path, SeatAlternatives, call_disclosure.alternatives),
    )
    seat = next(one for one in call.seats if one.id == seat_id)
    return page.render(
        "calls/alternatives.html", seat=seat, found=found, **await _about(page, call)
    )


async def _about(page: Page, call: Call) -> dict[str, Any]:
    """What both pages of a call show."""
    own = next((one for one in reversed(call.seats) if _is_own(page, one)), None)
    return {
        "call": call,
        "own": own,
        "manages": bool(call.team) or call.complete is not None,
        "texts": {one.id: one.text for one in call.requirements},
        "names": await _names(page, call, [one.organisation for one in call.seats]),
        "reasons": tuple(Reason),
        "seat_tones": SEAT_TONES,
        "call_tones": CALL_TONES,
        "taken": _TAKEN,
        "overdue": bool(call.deadline and call.deadline < datetime.now(UTC).date()),
        "problem": None,
        "met": await _met(page, call),
    }


async def _met(page: Page, call: Call) -> CallTeam | None:
    """The team with its contacts; None where there is none for this reader."""
    if call.state is not CallState.CLOSED or page.reader.role not in _PEOPLE:
        return None
    try:
        return await team_of(page.parts.matcher, page.parts.profiles, call.id, page.reader)
    except ProblemError as problem:
        if problem.code not in ("contacts_closed", "not_found"):
            raise
        return None


async def _names(page: Page, call: Call, ids: Iterable[str]) -> dict[str, Names]:
    publisher = [call.publisher] if call.publisher else []
    return dict(await names_of(page, [*ids, *publisher]))


async def _call(page: Page, call_id: str) -> Call:
    return await page.matcher.get(f"/calls/{call_id}", Call, call_disclosure.call)


async def _proposals(page: Page, call_id: str, query: CoverageQuery) -> ConsortiumAnswer:
    path = f"/calls/{call_id}/proposals"
    return await page.matcher.get(path, ConsortiumAnswer, consortium_answer, afresh=query.afresh)


async def _version(page: Page) -> str:
    return f'"{(await page.form()).get("version", "")}"'


def _text(form: object, name: str) -> str | None:
    value = getattr(form, "get", lambda _: None)(name)
    return str(value).strip() or None if isinstance(value, str) else None


def _is_own(page: Page, seat: Seat) -> bool:
    return page.reader.speaks_for(seat.organisation)


def _back(page: Page, call_id: str) -> str:
    """Where the form was."""
    came = page.request.headers.get("referer", "")
    here = f"/console/calls/{call_id}"
    return f"{here}/coverage" if here + "/coverage" in came else here
