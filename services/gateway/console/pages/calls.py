"""Calls: the list, the editor, publishing and ending."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from services.gateway import call_disclosure, disclosure
from services.gateway.console.call_form import CallForm, content_from, form_from, form_of
from services.gateway.console.call_labels import CALL_TONES
from services.gateway.console.forms import plain_fields
from services.gateway.console.organisation_names import names_of
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Settled
from services.gateway.console.pages.queries import Choice, PageQuery, checked
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from services.gateway.rights import require_role
from shared.contracts.calls import (
    Call,
    CallContent,
    CallId,
    CallPage,
    CallState,
    Cancellation,
    Closing,
    NewCall,
)
from shared.contracts.consortia import MOST_REQUIREMENTS
from shared.contracts.organisation import Kind, Organisation
from shared.contracts.principal import Role
from shared.errors import ProblemError

router = APIRouter(prefix="/console/calls")
_LIMIT = 25


class Wanted(PageQuery):
    """Which calls."""

    state: Choice = None
    kind: Choice = None
    text: Annotated[str, Field(max_length=200)] = ""
    own: bool = False
    cursor: Annotated[str | None, Field(max_length=500)] = None


@router.get("")
async def list_calls(page: Settled, wanted: Annotated[Wanted, Query()]) -> Response:
    """Those that the reader may know of."""
    found = await page.matcher.get(
        "/calls",
        CallPage,
        call_disclosure.call_page,
        state=wanted.state,
        kind=wanted.kind,
        text=wanted.text or None,
        publisher=page.reader.organisation if wanted.own else None,
        limit=_LIMIT,
        cursor=wanted.cursor,
    )
    publishers = [one.publisher for one in found.items if one.publisher]
    return page.render(
        "calls/list.html",
        found=found,
        wanted=wanted,
        names=await names_of(page, publishers),
        may_publish=await may_publish(page),
        states=tuple(CallState),
        tones=CALL_TONES,
    )


@router.get("/new")
async def new_call(page: Settled) -> Response:
    """An empty editor."""
    return _editor(page, CallForm(), None)


@router.post("/new")
async def create(page: Settled) -> Response:
    """A draft out of the form."""
    fields = plain_fields(await page.form())
    if "more" in fields:
        return _editor(page, form_from(fields), None)
    try:
        content = checked(NewCall, content_from(fields) | _publisher(page, fields))
        answer = await page.matcher.send("POST", "/calls", Call, content, call_disclosure.call)
    except ProblemError as problem:
        return _refused(page, form_from(fields), None, problem)
    said = sentence("The draft is saved. Publish it when it is ready.")
    return page.redirect(f"/console/calls/{answer.found.id}", said)


@router.get("/{call_id}/edit")
async def edit(call_id: CallId, page: Settled) -> Response:
    """The editor of a stored call."""
    call = await page.matcher.get(f"/calls/{call_id}", Call, call_disclosure.call)
    return _editor(page, form_of(call), call_id)


@router.post("/{call_id}/edit")
async def replace(call_id: CallId, page: Settled) -> Response:
    """Another content, against the version that was shown."""
    fields = plain_fields(await page.form())
    form = form_from(fields)
    if "more" in fields:
        return _editor(page, form, call_id)
    try:
        content = checked(CallContent, content_from(fields))
        await page.matcher.send(
            "PUT", f"/calls/{call_id}", Call, content, if_match=f'"{form.version or 0}"'
        )
    except ProblemError as problem:
        return _refused(page, form, call_id, problem)
    return page.redirect(f"/console/calls/{call_id}", sentence("The call is saved."))


@router.post("/{call_id}/publication")
async def publish(call_id: CallId, page: Settled) -> Response:
    """Open it to answers."""
    await _move(page, call_id, "publication", None)
    said = sentence("The call is open. See who covers it, and invite.")
    return page.redirect(f"/console/calls/{call_id}/coverage", said)


@router.post("/{call_id}/closing")
async def close(call_id: CallId, page: Settled) -> Response:
    """End it with its team."""
    await _move(page, call_id, "closing", await page.read_form(_Closing))
    return page.redirect(f"/console/calls/{call_id}", sentence("The call is closed with its team."))


@router.post("/{call_id}/cancellation")
async def cancel(call_id: CallId, page: Settled) -> Response:
    """End it without a team."""
    await _move(page, call_id, "cancellation", await page.read_form(_Cancellation))
    return page.redirect(f"/console/calls/{call_id}", sentence("The call is cancelled."))


class _Closing(PageQuery):
    incomplete: bool = False
    remark: str | None = None

    def body(self) -> Closing:
        return checked(Closing, self.model_dump(exclude_none=True))


class _Cancellation(PageQuery):
    remark: str | None = None

    def body(self) -> Cancellation:
        return checked(Cancellation, self.model_dump(exclude_none=True))


async def may_publish(page: Page) -> bool:
    """Coordinators, and members of enterprises."""
    if page.reader.role is not Role.MEMBER:
        return page.reader.role in (Role.COORDINATOR, Role.OPERATOR)
    path = f"/organisations/{page.organisation}"
    try:
        own = await page.profiles.get(path, Organisation, disclosure.organisation)
    except ProblemError:
        return False
    return own.kind is Kind.ENTERPRISE


async def _move(
    page: Page, call_id: str, step: str, body: "_Closing | _Cancellation | None"
) -> None:
    version = str((await page.form()).get("version", ""))
    await page.matcher.send(
        "POST",
        f"/calls/{call_id}/{step}",
        Call,
        body.body() if body else None,
        if_match=f'"{version}"',
    )


def _publisher(page: Page, fields: dict[str, Any]) -> dict[str, Any]:
    require_role(page.reader, Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)
    named = page.reader.organisation or fields.get("publisher")
    return {"publisher": named} if named else {}


def _refused(page: Page, form: CallForm, call_id: str | None, problem: ProblemError) -> Response:
    """Beside the form, unless it is none of the form's."""
    if problem.status not in (404, 409, 412, 422):
        raise problem
    return _editor(page, form, call_id, problem)


def _editor(
    page: Page, form: CallForm, call_id: str | None, problem: ProblemError | None = None
) -> Response:
    return page.render(
        "calls/editor.html",
        status=problem.status if problem else 200,
        form=form.with_blank_rows(MOST_REQUIREMENTS),
        call_id=call_id,
        problem=problem,
        provinces=provinces(page.language),
        most=MOST_REQUIREMENTS,
    )
