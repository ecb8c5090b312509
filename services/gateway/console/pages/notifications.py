"""How one is told, and saved searches."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway.console.forms import plain_fields
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Settled, options, show
from services.gateway.console.pages.queries import checked
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from services.gateway.messages.conditions import etag
from shared.contracts.base import Contract, Line
from shared.contracts.messages import Category, Delivery, DigestPace, NotificationChoices
from shared.contracts.saved_searches import NewSavedSearch
from shared.errors import ProblemError

router = APIRouter(prefix="/console")
_LIMIT = 20


@router.get("/notifications")
async def notifications(page: Settled) -> Response:
    """What holds now."""
    found = await page.parts.messages.preferences.of(page.reader)
    return _settings(page, found.model_dump(mode="json"), mail_is_sent=found.mail_is_sent)


@router.post("/notifications")
async def choose(page: Settled) -> Response:
    """Replace what was chosen before."""
    given = plain_fields(await page.form())
    given["emails"] = str(given.get("emails", "")).replace(",", " ").split()
    try:
        choices = await page.read_form(NotificationChoices, emails=given["emails"])
        await page.parts.messages.preferences.choose(choices, page.reader)
    except ProblemError as problem:
        held = await page.parts.messages.preferences.of(page.reader)
        return _settings(page, given, mail_is_sent=held.mail_is_sent, problem=problem)
    return page.redirect("/console/notifications", sentence("Your choice is saved."))


def _settings(page: Page, given: dict[str, Any], **more: Any) -> Response:
    problem = more.get("problem")
    return show(
        page,
        "member/notifications.html",
        status=422 if problem else 200,
        given=given,
        problem=problem,
        mail_is_sent=more["mail_is_sent"],
        categories=tuple(Category),
        delivery_options=options(page, "delivery", Delivery),
        pace_options=options(page, "pace", DigestPace),
    )


@router.get("/saved-searches")
async def saved_searches(page: Settled, cursor: Annotated[UUID | None, Query()] = None) -> Response:
    """One's own, newest first."""
    found = await page.parts.messages.saved_searches.page(page.reader, limit=_LIMIT, cursor=cursor)
    return show(
        page,
        "member/saved_searches.html",
        found=found,
        provinces=provinces(page.language),
    )


@router.get("/saved-searches/{search_id}")
async def run_saved_search(search_id: UUID, page: Settled) -> Response:
    """Its hits, as the search page shows them."""
    found = await page.parts.messages.saved_searches.find(search_id, page.reader)
    narrowing = found.search.filter
    given = {
        "text": found.search.text,
        "side": found.search.side.value,
        "kind": narrowing.kind,
        "province": narrowing.province,
        "field": narrowing.field,
    }
    return page.redirect(_search_address({k: str(v) for k, v in given.items() if v}))


class _Change(Contract):
    name: Line
    active: bool = False


@router.post("/saved-searches/{search_id}")
async def change_saved_search(search_id: UUID, page: Settled) -> Response:
    """Another name, or a rest."""
    form = plain_fields(await page.form())
    searches = page.parts.messages.saved_searches
    found = await searches.find(search_id, page.reader)
    change = checked(_Change, {name: form[name] for name in ("name", "active") if name in form})
    new = NewSavedSearch(name=change.name, active=change.active, search=found.search)
    await searches.change(search_id, new, page.reader, etag(found.version))
    return page.redirect("/console/saved-searches", sentence("The saved search is changed."))


@router.post("/saved-searches/{search_id}/removal")
async def remove_saved_search(search_id: UUID, page: Settled) -> Response:
    """Forget it."""
    await page.parts.messages.saved_searches.remove(search_id, page.reader)
    return page.redirect("/console/saved-searches", sentence("The saved search is removed."))


def _search_address(given: dict[str, str]) -> str:
    return f"/console/search?{urlencode(given)}"
