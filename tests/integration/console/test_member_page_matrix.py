"""FAULTS 23 for pages of members, calls and insights: every route, asked by everybody."""

import pytest
from fastapi.routing import APIRoute

from services.gateway.console.pages import (
    call_imports,
    call_invitations,
    call_team,
    calls,
    inbox,
    insights,
    member_data,
    member_introductions,
    member_policy,
    member_profile,
    member_search,
    member_start,
    member_suggestions,
    notifications,
    webhooks,
)
from tests.integration.console.conftest import Browser, Edge, LogIn
from tests.support.page_rows import PAGES, VISITORS

pytestmark = pytest.mark.anyio
_AREAS = (
    call_imports,
    call_invitations,
    call_team,
    calls,
    inbox,
    insights,
    member_data,
    member_introductions,
    member_policy,
    member_profile,
    member_search,
    member_start,
    member_suggestions,
    notifications,
    webhooks,
)
_IDS = {
    "organisation_id": "org-z",
    "other_id": "org-b",
    "match_id": "0" * 32,
    "call_id": "0" * 32,
    "seat_id": "1",
    "flag_id": "pf-0000000000000000",
    "message_id": "7f000000-0000-4000-8000-000000000000",
    "webhook_id": "7f000000-0000-4000-8000-000000000000",
    "delivery_id": "7f000000-0000-4000-8000-000000000000",
    "search_id": "7f000000-0000-4000-8000-000000000000",
}


def routes() -> set[str]:
    found = [one for area in _AREAS for one in area.router.routes if isinstance(one, APIRoute)]
    return {f"{method} {one.path}" for one in found for method in one.methods}


def test_every_page_has_a_row() -> None:
    assert routes() <= set(PAGES)


@pytest.mark.parametrize("visitor", VISITORS)
async def test_each_visitor_gets_where_the_table_says(
    edge: Edge, log_in: LogIn, visitor: str
) -> None:
    browser = await _come(log_in, visitor)
    expected = {route: fates[visitor] for route, fates in PAGES.items()}
    found = {route: await _fate(browser, route) for route in expected}
    assert found == expected


async def _come(log_in: LogIn, visitor: str) -> Browser:
    if visitor == "anonymous":
        browser = await log_in()
        await browser.get("/console/login")
        return browser
    if visitor == "unbound":
        return await log_in("member")
    return await log_in(visitor, "org-a" if visitor == "member" else None)


async def _fate(browser: Browser, route: str) -> str:
    method, path = route.split()
    address = path.format(**_IDS)
    answer = await (browser.get(address) if method == "GET" else browser.post(address))
    to = answer.headers.get("location", "")
    if to == "/console/start" and answer.status_code == 302:
        return "start"
    if to.startswith("/console/login"):
        return "login"
    refused = answer.status_code == 403 and "role_required" in answer.text
    return "no" if refused else "in"
