"""The first-run guide: from a new account to the first suggestions."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from services.gateway.console.forms import plain_fields
from services.gateway.console.page import ForMembers, Page
from services.gateway.console.pages.member_access import Speaking, own_profile, show
from services.gateway.console.pages.queries import PageQuery, checked
from services.gateway.console.regions import countries, provinces
from services.gateway.console.translation import sentence
from services.gateway.drafts.service import FILE_LIMIT
from services.gateway.member.confirmed_drafts import offered, with_confirmed
from services.gateway.member.editor_state import state_of_form
from services.gateway.member.field_names import FieldNames
from services.gateway.member.founding import Founding
from services.gateway.member.leaving import leave_erased
from services.gateway.member.naming import call_oneself
from services.gateway.member.own_profile import Collision, profile_part
from services.gateway.member.profile_form import profile_of
from shared.contracts.base import Line, OrganisationId
from shared.contracts.organisation import Organisation, OrganisationPage, OrganisationSummary
from shared.contracts.profile_drafts import DraftRequest, ProfileDrafts
from shared.contracts.suggestions import SuggestionPage
from shared.errors import ProblemError

router = APIRouter(prefix="/console/start")
_FOUND = 10
_FIRST = 3


@router.get("")
async def guide(page: ForMembers, name: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The step that comes next."""
    profile = await _profile(page) if page.person.organisation else None
    if profile is not None:
        done = bool(profile.capabilities or profile.needs)
        return page.redirect("/console/suggestions" if done else "/console/start/material")
    return await _organisation_step(page, name=name)


async def _profile(page: Page) -> Organisation | None:
    """None where there is none yet, or it was erased: then the account may begin anew."""
    try:
        return await own_profile(page).read()
    except ProblemError as problem:
        if problem.code != "erased":
            raise
    await leave_erased(page.parts.database, page.organisation)
    return None


async def _organisation_step(page: Page, *, name: str = "", **more: Any) -> Response:
    found = await _organisations(page, name) if name.strip() else ()
    state = more.pop("state", None) or state_of_form({"country": "CN", "capacity": "5"})
    status = 422 if more.get("problem") else 200
    return show(
        page,
        "member/start_organisation.html",
        status=status,
        name=name,
        found=found,
        state=state,
        provinces=provinces(page.language),
        countries=countries(page.language),
        **{"problem": None, **more},
    )


async def _organisations(page: Page, name: str) -> tuple[OrganisationSummary, ...]:
    path = "/organisations"
    listed = await page.profiles.get(path, OrganisationPage, text=name.strip(), limit=_FOUND)
    return listed.items


class _Person(PageQuery):
    person_name: Line


@router.post("/organisation")
async def found_organisation(page: ForMembers) -> Response:
    """Step one: the organisation's basics; it exists from here on."""
    given = plain_fields(await page.form())
    state = state_of_form(given)
    try:
        person = checked(_Person, {"person_name": given.get("person_name")})
        await call_oneself(page.parts.database, page.person, person.person_name)
        profile = profile_of(state, None, FieldNames(page.parts.taxonomy))
        founding = Founding(page.parts, page.parts.accounts.people)
        await founding.found(page.person, profile, page.language)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return await _organisation_step(page, state=state, problem=problem)
    return page.redirect("/console/start/material", sentence("Your organisation is registered."))


@router.post("/joining/{organisation_id}")
async def ask_to_join(organisation_id: OrganisationId, page: ForMembers) -> Response:
    """Step one, the other way: it is here already, and a coordinator admits."""
    await page.parts.accounts.people.ask_to_join(page.person, organisation_id)
    return page.redirect(
        "/console/start", sentence("A coordinator has been asked to let you join. Look in later.")
    )


@router.get("/material")
async def material(page: Speaking) -> Response:
    """Step two: a text, an address or a document."""
    return show(page, "member/start_material.html", problem=None, given={})


@router.post("/material")
async def read_material(page: Speaking) -> Response:
    """Read it; the drafts are in the answer alone, nothing is stored."""
    form = await page.form()
    given = plain_fields(form)
    try:
        drafts = await _drafts(page, given, form.get("file"))
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return show(page, "member/start_material.html", status=422, problem=problem, given=given)
    return show(
        page,
        "member/start_drafts.html",
        drafts=drafts,
        rows=offered(drafts),
        problem=None,
    )


async def _drafts(page: Page, given: dict[str, Any], file: object) -> ProfileDrafts:
    if isinstance(file, UploadFile) and file.size:
        content = await file.read(FILE_LIMIT)
        media_type, name = file.content_type or "", file.filename or ""
        return await page.parts.drafts.of_file(content, media_type, name, page.language)
    text, url = given.get("text"), given.get("url")
    request = await page.read_form(DraftRequest, **_one_of(text, url))
    return await page.parts.drafts.of_request(request, page.language)


def _one_of(text: object, url: object) -> dict[str, object]:
    """An address without its scheme is completed; of both the text counts."""
    address = str(url) if url else None
    if address and "://" not in address:
        address = f"https://{address}"
    return {"text": text, "url": None if text else address}


@router.post("/statements")
async def confirm(page: Speaking) -> Response:
    """Step three: what was corrected and confirmed is saved with the profile."""
    own = own_profile(page)
    current = await own.read()
    if current is None:
        return page.redirect("/console/start")
    given = plain_fields(await page.form())
    base = profile_part(current)
    mine = profile_of(with_confirmed(base, given), base, FieldNames(page.parts.taxonomy))
    saved = await own.save(mine, current.version, base)
    if isinstance(saved, Collision):
        # A colleague has saved just now; both changes stand, unless they are about the same.
        saved = await own.save(saved.merged.profile, saved.current.version, base)
    if isinstance(saved, Collision):
        raise ProblemError("stale_version", current=saved.current.version)
    return page.redirect("/console/start/first", sentence("Your profile is saved."))


@router.get("/first")
async def first(page: Speaking) -> Response:
    """Step four: the first suggestions, as soon as the profile is searchable."""
    return show(page, "member/start_first.html")


@router.get("/first/suggestions")
async def first_suggestions(page: Speaking) -> Response:
    """A fragment: the first few, or that it takes another moment."""
    path = f"/organisations/{page.organisation}/suggestions"
    try:
        found = await page.matcher.get(path, SuggestionPage, limit=_FIRST)
    except ProblemError as problem:
        if problem.code not in {"not_ready", "upstream_timeout", "not_found"}:
            raise
        return show(page, "member/first_waiting.html")
    return show(page, "member/first_suggestions.html", found=found)
