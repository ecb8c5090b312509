"""FAULTS 23 for pages: every page, asked by everybody, with a form's token where it changes."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.contracts.accounts import LoginLinkRequest, PersonChange
from shared.contracts.principal import Principal, Role
from tests.integration.console.conftest import Browser, Edge, LogIn
from tests.integration.gateway.test_gateway_matrix import VALUES, _all_routes, is_page
from tests.support.page_matrix import row_of

pytestmark = pytest.mark.anyio
_VALUES = {
    **VALUES,
    "match_id": "0" * 32,
    "flag_id": "pf-0000000000000000",
    "person_id": "00000000-0000-0000-0000-000000000000",
    "view_id": "00000000-0000-0000-0000-000000000000",
    "search_id": "00000000-0000-0000-0000-000000000000",
}
_OTHERWISE = {"/console/logout"}
"""Would log the browser of the test out."""


def pages_of(app: FastAPI) -> set[str]:
    found: list[APIRoute] = _all_routes(app.router.routes)
    return {f"{m} {r.path}" for r in found if is_page(r.path) for m in r.methods}


async def test_every_page_has_a_row(edge: Edge) -> None:
    assert {route for route in pages_of(edge.app) if row_of(route) is None} == set()


@pytest.mark.parametrize("who", ["anonymous", "member", "coordinator", "operator"])
async def test_pages_open_for_whom_the_matrix_names(edge: Edge, log_in: LogIn, who: str) -> None:
    role = None if who == "anonymous" else who
    browser = await log_in(role, "own" if who == "member" else None)
    await browser.get("/console/account" if role else "/console/login")
    wrong = {}
    for route in sorted(pages_of(edge.app)):
        path = route.split(" ")[1]
        if path in _OTHERWISE or path.startswith("/console/static"):
            continue
        answer = await _ask(browser, route)
        allowed = row_of(route)
        assert allowed is not None
        if _seen(answer) != _expected(who, who in allowed):
            wrong[route] = (answer.status_code, answer.headers.get("location"))
    assert wrong == {}


@pytest.mark.parametrize("how", ["ended", "suspended"])
async def test_who_was_in_gets_no_further_than_anybody(edge: Edge, log_in: LogIn, how: str) -> None:
    """With the cookie and the form's token of the time before."""
    browser = await log_in("operator", None)
    accounts = edge.app.state.gateway.accounts
    wish = LoginLinkRequest(email="operator-none@example.org")
    person = (await accounts.entering.make_link(wish)).person
    if how == "ended":
        await accounts.sessions.end_all(person.id)
    else:
        other = Principal(subject="another", role=Role.OPERATOR)
        await accounts.people.change(person.id, PersonChange(suspended=True), None, other)
    kept = dict(browser.client.cookies)
    wrong = {}
    for route in sorted(pages_of(edge.app)):
        allowed = row_of(route)
        assert allowed is not None
        if "anonymous" in allowed or route.startswith("GET /console/static"):
            continue
        browser.client.cookies.update(kept)
        if _seen(answer := await _ask(browser, route)) != "login":
            wrong[route] = answer.status_code
    await accounts.people.change(
        person.id,
        PersonChange(suspended=False),
        None,
        Principal(subject="another", role=Role.OPERATOR),
    )
    assert wrong == {}


async def test_a_form_without_this_browsers_token_changes_nothing(log_in: LogIn) -> None:
    browser = await log_in("operator")
    for token in ("", "x" * 43):
        answer = await browser.client.post("/console/people", data={"form_token": token})
        assert answer.status_code == 403


async def test_a_form_of_another_site_changes_nothing(log_in: LogIn) -> None:
    browser = await log_in("operator")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        data = {"form_token": browser.token, "suspended": "yes"}
        path = f"/console/people/{_VALUES['person_id']}/suspension"
        assert (await browser.client.post(path, data=data, headers=headers)).status_code == 403


async def test_a_session_opens_nothing_of_the_api(log_in: LogIn) -> None:
    browser = await log_in("operator")
    for path in ("/v1/me", "/v1/people", "/v1/events"):
        assert (await browser.client.get(path)).status_code == 401
    own = {"Sec-Fetch-Site": "same-origin"}
    assert (await browser.client.get("/v1/me", headers=own)).status_code == 401


async def test_a_token_opens_no_page(edge: Edge) -> None:
    client = await edge.client("operator")
    answer = await client.get("/console/people", headers={"Accept": "text/html"})
    assert answer.headers["location"].startswith("/console/login")


async def _ask(browser: Browser, route: str) -> Any:
    method, template = route.split(" ")
    path = template.format_map(_VALUES)
    headers = {"Accept": "text/html"}
    if method == "GET":
        return await browser.client.get(path, headers=headers)
    data = {"form_token": browser.token}
    return await browser.client.post(path, data=data, headers=headers)


def _seen(answer: Any) -> str:
    if answer.headers.get("location", "").startswith("/console/login"):
        return "login"
    return "refused" if answer.status_code == 403 else "in"


def _expected(who: str, allowed: bool) -> str:
    if allowed:
        return "in"
    return "login" if who == "anonymous" else "refused"
