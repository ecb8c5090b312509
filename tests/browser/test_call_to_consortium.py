"""A call from its first word to a full consortium: somebody declines, the next best steps in.

Every page on the way is looked at by axe.
"""

import time
from collections.abc import Callable

import httpx2 as httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import Visitor
from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = pytest.mark.model
Comes = Callable[..., Visitor]
SCAN = "三维激光扫描与近景摄影测量,用于石窟"
PAINT = "Portable multispectral imaging of mural pigments under cold light"
MARKET = {
    "browser-caves": profile(
        "Browser Caves", capabilities={"c1": "石窟的三维激光扫描与近景摄影测量"}
    ),
    "browser-tombs": profile(
        "Browser Tombs", capabilities={"c1": "墓葬与石窟的三维激光扫描、摄影测量"}
    ),
    "browser-optics": profile(
        "Browser Optics",
        kind="enterprise",
        capabilities={"c1": "Portable multispectral imaging of mural pigments, cold light source"},
    ),
    "browser-wheat": profile("Browser Wheat", capabilities={"c1": "Growing wheat on saline soil"}),
    "browser-ships": profile(
        "Browser Ships",
        capabilities={"c1": "Law of shipping insurance"},
        collaborations=[{"organisation": "browser-wheat", "count": 2}],
    ),
    "browser-bees": profile("Browser Bees", capabilities={"c1": "Honey bee breeding in the Alps"}),
}

NAMES = {id: body["names"]["en"] for id, body in MARKET.items()}


@pytest.fixture(scope="module")
def market(stack: Stack) -> None:
    with stack.client("operator") as operator:
        for id, body in MARKET.items():
            put(operator, id, body)
    stack.wait_searchable()


def put(operator: httpx.Client, id: str, body: dict[str, object]) -> None:
    path = f"/v1/organisations/{id}"
    operator.put(path, json=body, headers={"If-None-Match": "*"}).raise_for_status()


@pytest.mark.usefixtures("market")
def test_a_call_becomes_a_full_consortium(comes: Comes) -> None:
    coordinator = comes("coordinator")
    page = coordinator.page
    write(coordinator)
    coordinator.press("Publish")
    coordinator.press("Yes")
    expect(page.get_by_role("region", name="Coverage")).to_be_visible()
    assert coordinator.serious() == []
    page.get_by_role("button", name="Invite all").click()
    coordinator.press("Yes")
    expect(page.get_by_role("status")).to_contain_text("2 organisations are asked")
    assert coordinator.serious() == []
    seats = page.get_by_role("region", name="Seats").get_by_role("row")
    first, second = ("browser-caves", "browser-tombs")
    if not seats.filter(has_text=NAMES[first]).count():
        first, second = second, first
    accepts(comes("member", "browser-optics"))
    declines(comes("member", first))
    suggested = seats.filter(has_text=NAMES[second])
    until(page, suggested)
    suggested.get_by_role("button", name="Invite").click()
    expect(suggested).to_contain_text("Invited")
    accepts(comes("member", second))
    page.reload()
    expect(page.get_by_text("every must-have has somebody")).to_be_visible()
    coordinator.press("Close with this team")
    coordinator.press("Close the call")
    expect(page.get_by_role("status")).to_contain_text("closed with its team")
    assert coordinator.serious() == []
    assert coordinator.complaints == []


def write(coordinator: Visitor) -> None:
    page = coordinator.page
    coordinator.go("/console/calls/new")
    page.get_by_label("Title").fill("A grotto, again")
    for number, text in enumerate((SCAN, PAINT, "To be taken away")):
        if page.locator("[data-row]").count() == number:
            coordinator.press("More requirements")
        row = page.locator("[data-row]").nth(number)
        row.get_by_label("What a member must be able to do").fill(text)
    page.locator("[data-row]").nth(2).get_by_role("button", name="Remove").click()
    assert coordinator.serious() == []
    coordinator.press("Save")
    expect(page.get_by_role("status")).to_contain_text("The draft is saved")
    assert coordinator.serious() == []


def until(page: Page, suggested: Locator) -> None:
    """The platform looks for the next best every few seconds."""
    deadline = time.monotonic() + 40
    while not suggested.count():
        assert time.monotonic() < deadline, "nobody was suggested"
        page.wait_for_timeout(500)
        page.reload()


def opens_invitation(member: Visitor) -> None:
    member.go("/console/invitations")
    assert member.serious() == []
    member.page.get_by_role("link", name="A grotto, again").click()
    expect(member.page.get_by_role("heading", name="You are invited")).to_be_visible()
    assert member.serious() == []


def accepts(member: Visitor) -> None:
    opens_invitation(member)
    member.press("Accept")
    expect(member.page.get_by_role("status")).to_contain_text("your answer is noted")


def declines(member: Visitor) -> None:
    opens_invitation(member)
    member.press("Decline")
    dialog = member.page.get_by_role("dialog", name="Decline the invitation")
    dialog.get_by_label("No capacity at present").check()
    assert member.serious() == []
    dialog.get_by_role("button", name="Decline").click()
    expect(member.page.get_by_role("status")).to_contain_text("your answer is noted")


@pytest.mark.usefixtures("market")
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_insights_shut_nobody_out(comes: Comes, language: str) -> None:
    coordinator = comes("coordinator", locale=language)
    for path in ("", "/coverage", "/exposure", "/funnel"):
        coordinator.go(f"/console/insights{path}")
        assert coordinator.serious() == [], path
    coordinator.go("/console/insights")
    # Two profiles state that they have worked together.
    nodes = coordinator.page.locator("svg.drawing a").filter(has_text="Browser")
    deadline = time.monotonic() + 40
    while not nodes.count():
        assert time.monotonic() < deadline, "nothing was drawn"
        coordinator.page.wait_for_timeout(500)
        coordinator.page.reload()
    nodes.first.focus()
    expect(coordinator.page.locator("[data-told]")).to_contain_text("Browser")
    assert coordinator.serious() == []
    assert coordinator.complaints == []


def test_calls_fit_a_phone(comes: Comes) -> None:
    coordinator = comes("coordinator", viewport={"width": 390, "height": 844})
    for path in ("/console/calls", "/console/calls/new", "/console/insights/coverage"):
        coordinator.go(path)
        assert not coordinator.widens(), path
