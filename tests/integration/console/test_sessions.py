"""How long a browser stays logged in, what ends it, and how its cookie is kept."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from services.gateway.accounts.entering import MadeLink
from shared.contracts.accounts import LoginLinkRequest, Person
from shared.contracts.principal import Role
from shared.errors import ProblemError
from tests.integration.console.conftest import Browser, Edge, LogIn, MakeEdge

pytestmark = pytest.mark.anyio
Ages = Callable[[str, str], Awaitable[None]]


@pytest.fixture
def ages(gateway_database: str) -> Ages:
    """Moves a moment of all sessions back, as if the time had passed."""

    async def age(column: str, interval: str) -> None:
        address = gateway_database.replace("+asyncpg", "")
        connection = await asyncpg.connect(address)
        await connection.execute(f"update sessions set {column} = {column} - interval '{interval}'")
        await connection.close()

    return age


async def is_in(browser: Browser) -> bool:
    answer = await browser.get("/console/account")
    if answer.status_code == 200:
        return True
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/console/login")
    return False


async def test_unused_for_four_hours_it_ends(log_in: LogIn, ages: Ages) -> None:
    browser = await log_in("coordinator")
    await ages("last_seen_at", "3 hours 59 minutes")
    assert await is_in(browser), "and this use keeps it awake"
    await ages("last_seen_at", "3 hours 59 minutes")
    assert await is_in(browser)
    await ages("last_seen_at", "4 hours 1 minute")
    assert not await is_in(browser)


async def test_what_a_page_asks_by_itself_keeps_nobody_in(log_in: LogIn, ages: Ages) -> None:
    browser = await log_in("coordinator")
    await ages("last_seen_at", "3 hours")
    own = {"X-Hezuo-Background": "1"}
    assert (await browser.get("/console/inbox/unread-count", headers=own)).status_code != 302
    await ages("last_seen_at", "1 hour 1 minute")
    assert not await is_in(browser)


async def test_in_use_it_ends_after_a_day(log_in: LogIn, ages: Ages) -> None:
    browser = await log_in("coordinator")
    await ages("expires_at", "23 hours 59 minutes")
    assert await is_in(browser)
    await ages("expires_at", "1 minute")
    assert not await is_in(browser)


async def test_an_ended_cookie_is_taken_away(log_in: LogIn, ages: Ages) -> None:
    browser = await log_in("coordinator")
    await ages("expires_at", "25 hours")
    answer = await browser.get("/console/account")
    assert 'hezuo-session="";' in answer.headers["set-cookie"]


async def test_logging_out_ends_this_browser_only(log_in: LogIn) -> None:
    here, there = await log_in("coordinator"), await log_in("coordinator")
    await here.post("/console/logout")
    assert not await is_in(here)
    assert await is_in(there)


async def test_logging_out_everywhere_ends_all_and_nobody_elses(log_in: LogIn) -> None:
    here, there, other = [await log_in(*who) for who in (("operator",), ("operator",), ("member",))]
    kept = dict(here.client.cookies)
    await here.post("/console/logout", everywhere="yes")
    assert not await is_in(there)
    assert await is_in(other)
    here.client.cookies.update(kept)
    assert not await is_in(here), "the cookie's old value opens nothing"


async def test_a_suspension_ends_all_sessions_at_once(edge: Edge, log_in: LogIn) -> None:
    member = await log_in("member", "own")
    operator = await log_in("operator")
    person = await _account(edge, "member-own")
    await operator.get("/console/people")
    path = f"/console/people/{person.id}/suspension"
    answer = await operator.post(path, suspended="yes", version=str(person.version))
    assert answer.status_code == 303, answer.text
    assert not await is_in(member)
    wish = LoginLinkRequest(email="member-own@example.org", role=Role.MEMBER, organisation="own")
    with pytest.raises(ProblemError, match="account_suspended"):
        await edge.app.state.gateway.accounts.entering.make_link(wish)


async def test_changed_rights_count_in_an_open_session(edge: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    assert (await browser.get("/console/api-keys")).status_code == 200
    wish = LoginLinkRequest(email="coordinator-none@example.org", role=Role.MEMBER)
    await edge.app.state.gateway.accounts.entering.make_link(wish)
    assert (await browser.get("/console/audit")).status_code == 403


async def test_coming_in_again_changes_the_secret(edge: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    before = browser.client.cookies["hezuo-session"]
    wish = LoginLinkRequest(email="coordinator-None@example.org", role=Role.COORDINATOR)
    made = await edge.app.state.gateway.accounts.entering.make_link(wish)
    await browser.get(f"/console/enter?link={made.secret}")
    await browser.post("/console/enter", link=made.secret)
    assert browser.client.cookies["hezuo-session"] != before
    browser.client.cookies = {"hezuo-session": before}
    assert not await is_in(browser), "the earlier one has ended"


@pytest.mark.parametrize("behind_tls", [False, True])
async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    make_edge: MakeEdge, behind_tls: bool
) -> None:
    edge = make_edge(behind_tls=behind_tls)
    client = await edge.client_with({"Accept": "text/html"})
    client.base_url = "https://gateway"
    browser = Browser(client)
    made = await edge.app.state.gateway.accounts.entering.make_link(
        LoginLinkRequest(email="flags@example.org", role=Role.OPERATOR)
    )
    await browser.get(f"/console/enter?link={made.secret}")
    answer = await browser.post("/console/enter", link=made.secret)
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if "hezuo-session=" in c]
    assert cookie.startswith("__Host-" if behind_tls else "hezuo-session")
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert ("secure" in flags) == behind_tls
    assert not any(flag.startswith("domain") for flag in flags)


async def _account(edge: Edge, name: str) -> Person:
    wish = LoginLinkRequest(email=f"{name}@example.org")
    made: MadeLink = await edge.app.state.gateway.accounts.entering.make_link(wish)
    return made.person
