"""Coming in by one-time links, staying in, and going out."""

import pytest

from tests.integration.console.conftest import Edge, LogIn

pytestmark = pytest.mark.anyio


async def test_a_visitor_is_led_to_the_login_and_back(log_in: LogIn) -> None:
    browser = await log_in()
    answer = await browser.get("/console/account?x=1")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/console/login?next=/console/account%3Fx%3D1"


async def test_a_link_lets_in_once(edge: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    assert "coordinator-none@example.org" in (await browser.get("/console/account")).text


async def test_a_new_address_gets_its_link_shown_and_a_known_one_never_does(log_in: LogIn) -> None:
    browser = await log_in()
    await browser.get("/console/login")
    fresh = await browser.post("/console/login", email="New.Person@example.org")
    assert "/console/enter?link=" in fresh.text
    again = await browser.post("/console/login", email="new.person@example.org")
    assert again.status_code == 200
    assert "/console/enter?link=" not in again.text
