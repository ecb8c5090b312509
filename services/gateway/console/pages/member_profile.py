"""The profile editor, with live hints."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from services.gateway.console.forms import plain_fields
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Speaking, own_profile, show
from services.gateway.console.regions import countries, provinces
from services.gateway.console.translation import sentence
from services.gateway.console.upstream import Upstream
from services.gateway.drafts.fields import field_words, suggest_fields
from services.gateway.member.differences import in_words
from services.gateway.member.editor_state import (
    EditorState,
    StatementState,
    state_of,
    state_of_form,
)
from services.gateway.member.field_names import FieldNames
from services.gateway.member.own_profile import Collision
from services.gateway.member.profile_form import profile_of
from services.gateway.screening_disclosure import policy_flag_page
from shared.contracts.clarity import Clarity, ClarityRequest, SavedOrganisation
from shared.contracts.organisation import Organisation, Status
from shared.contracts.screening import (
    PolicyFlag,
    PolicyFlagPage,
    ScreeningAnswer,
    ScreeningRequest,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/profile")
_LISTS = ("capabilities", "needs")
_QUIET = frozenset({"not_ready", "upstream_timeout", "rate_limited"})
"""Hints are a help: while a service is away there are none, and nothing else is in the way."""


@router.get("")
async def edit(page: Speaking) -> Response:
    """The profile as it is stored."""
    current = await own_profile(page).read()
    if current is None:
        return page.redirect("/console/start")
    held = await _held(page)
    return _editor(page, state_of(current), current, held=held)


@router.post("")
async def save(page: Speaking) -> Response:
    """Save it, or show what is wrong or has come between; nothing that was typed is lost."""
    form = await page.form()
    given = plain_fields(form)
    state = state_of_form(given)
    own = own_profile(page)
    current = await own.read()
    if current is None:
        return page.redirect("/console/start")
    if (added := given.get("add")) in _LISTS or added == "contacts":
        return _editor(page, _with_blank(state, str(added)), current, version=_version(given))
    version = _version(given) or current.version
    base = await own.base(version, current)
    try:
        mine = profile_of(state, base, FieldNames(page.parts.taxonomy))
        saved = await own.save(mine, version, base)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return _editor(page, state, current, version=version, problem=problem)
    if isinstance(saved, Collision):
        merged = saved.merged
        return _editor(page, state_of(merged.profile), saved.current, collision=merged)
    return _saved(page, saved.found)


def _saved(page: Page, found: SavedOrganisation) -> Response:
    """On to the profile, with what is most important to know."""
    to = "/console/profile?saved=1"
    if held := sum(flag.held for flag in found.flags):
        said = sentence("Saved. {count} statements are not shown to others: see the policy notes.")
        return page.redirect(to, said, tone="notice", count=held)
    if found.unclear:
        said = sentence("Saved. {count} needs are too vague to match well: see the hints.")
        return page.redirect(to, said, tone="notice", count=len(found.unclear))
    return page.redirect(to, sentence("Your profile is saved."))


@router.post("/hints")
async def hints(page: Speaking) -> Response:
    """A fragment for a statement while it is written: clarity, policy, fields."""
    form = plain_fields(await page.form())
    try:
        asked = ClarityRequest.model_validate(
            {"text": form.get("text", ""), "side": form.get("side")}
        )
    except ValidationError:
        return show(page, "member/hints.html", clarity=None, screening=None, fields=())
    known = field_words(page.parts.taxonomy.fields)
    text = ScreeningRequest(text=asked.text)
    return show(
        page,
        "member/hints.html",
        clarity=await _quietly(page.matcher, "/clarity", Clarity, asked),
        screening=await _quietly(page.profiles, "/screening/check", ScreeningAnswer, text),
        fields=suggest_fields(asked.text, known),
        side=asked.side.value,
    )


async def _quietly(service: Upstream, path: str, model: Any, body: Any) -> Any:
    try:
        return (await service.send("POST", path, model, body)).found
    except ProblemError as problem:
        if problem.code in _QUIET:
            return None
        raise


async def _held(page: Page) -> tuple[PolicyFlag, ...]:
    """Flags that keep a statement from others."""
    try:
        found = await page.profiles.get("/policy-flags", PolicyFlagPage, policy_flag_page)
    except ProblemError as problem:
        if problem.code in _QUIET:
            return ()
        raise
    return tuple(flag for flag in found.items if flag.held)


def _editor(page: Page, state: EditorState, current: Organisation, **more: Any) -> Response:
    problem, version = more.get("problem"), more.get("version") or current.version
    status = 422 if problem else 409 if more.get("collision") else 200
    return show(
        page,
        "member/profile.html",
        status=status,
        state=state,
        current=current,
        version=version,
        problem=problem,
        collision=more.get("collision"),
        shown_part=in_words,
        held=more.get("held", ()),
        withdrawn=current.status is Status.WITHDRAWN,
        saved=page.request.query_params.get("saved") == "1",
        taxonomy=page.parts.taxonomy.fields,
        provinces=provinces(page.language),
        countries=countries(page.language),
        blank=StatementState(),
    )


def _with_blank(state: EditorState, part: str) -> EditorState:
    """Another row, for browsers that run no script."""
    contacts = (*state.contacts, {}) if part == "contacts" else state.contacts
    statements = dict(state.statements)
    if part in _LISTS:
        statements[part] = (*statements[part], StatementState())
    return EditorState(state.basics, state.names, state.fields, contacts, statements)


def _version(given: dict[str, Any]) -> int | None:
    text = str(given.get("version", ""))
    return int(text) if text.isdigit() else None
