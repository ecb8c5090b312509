"""Taking one's data along, withdrawing, erasing; inviting colleagues."""

import json
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway import disclosure
from services.gateway.accounts.entering import MadeLink
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Speaking, own_profile, show
from services.gateway.console.pages.queries import PageQuery
from services.gateway.console.translation import sentence
from services.gateway.member.inviting import Inviting
from services.gateway.member.leaving import leave_erased
from services.gateway.member.own_data import own_data
from shared.contracts.accounts import Email
from shared.contracts.organisation import ErasedOrganisation, Organisation, Status
from shared.errors import ProblemError
from shared.http.preconditions import etag

router = APIRouter(prefix="/console/my-data")


class _Invitation(PageQuery):
    email: Email


class _Version(PageQuery):
    version: int


class _Confirmation(PageQuery):
    confirm: str = ""


@router.get("")
async def my_data(page: Speaking) -> Response:
    """What may be done with it."""
    return await _shown(page)


@router.get("/export")
async def export(page: Speaking) -> Response:
    """One JSON file."""
    parts = {name: content async for name, content in own_data(page)}
    return Response(
        json.dumps(parts, ensure_ascii=False, indent=1),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="hezuo-{page.organisation}.json"'},
    )


@router.post("/invitation")
async def invite(page: Speaking) -> Response:
    """A link for a colleague, mailed where mail is sent, else shown once."""
    try:
        asked = await page.read_form(_Invitation)
        made = await _inviting(page).invite(page.person, asked.email)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return await _shown(page, problem=problem)
    if mail := page.parts.accounts.link_mail:
        await mail.send_link(made.person, made.secret, page.language)
        said = sentence("An invitation was sent to {email}.")
        return page.redirect("/console/my-data", said, email=made.person.email)
    return await _shown(page, invitation=made)


@router.post("/withdrawal")
async def withdraw(page: Speaking) -> Response:
    """Nobody else sees it any more."""
    version = (await page.read_form(_Version)).version
    path = f"/organisations/{page.organisation}"
    await page.profiles.act("DELETE", path, if_match=etag(version))
    said = sentence("The organisation is withdrawn.")
    return page.redirect("/console/my-data", said)


@router.post("/restoration")
async def restore(page: Speaking) -> Response:
    """It is back."""
    version = (await page.read_form(_Version)).version
    path = f"/organisations/{page.organisation}/restoration"
    await page.profiles.send(
        "POST", path, Organisation, None, disclosure.organisation, if_match=etag(version)
    )
    return page.redirect("/console/my-data", sentence("The organisation is back."))


@router.post("/erasure")
async def erase(page: Speaking) -> Response:
    """For good, after its name was typed."""
    current = await own_profile(page).read()
    typed = (await page.read_form(_Confirmation)).confirm.strip()
    if current is None or typed not in (current.names.zh, current.names.en):
        return await _shown(page, problem=ProblemError("name_differs"))
    await page.profiles.send(
        "POST", f"/organisations/{page.organisation}/erasure", ErasedOrganisation
    )
    await leave_erased(page.parts.database, page.organisation)
    said = sentence("Everything of the organisation is erased.")
    return page.redirect("/console/account", said)


def _inviting(page: Page) -> Inviting:
    return Inviting(page.parts.database, page.parts.accounts.entering)


async def _shown(page: Page, *, invitation: MadeLink | None = None, **more: Any) -> Response:
    current = await own_profile(page).read()
    problem = more.get("problem")
    address = ""
    if invitation:
        base = str(page.request.base_url).rstrip("/")
        address = f"{base}/console/enter?link={invitation.secret}"
    return show(
        page,
        "member/my_data.html",
        status=problem.status if problem else 200,
        current=current,
        withdrawn=current is not None and current.status is Status.WITHDRAWN,
        colleagues=await _inviting(page).colleagues(page.organisation),
        invitation=invitation,
        invitation_address=address,
        problem=problem,
    )
