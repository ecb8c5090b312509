"""Every page with something on it, looked at by axe in light and dark, in both languages."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
import pytest

from tests.support.browsing import Visitor
from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = pytest.mark.model
Comes = Callable[..., Visitor]
Content = dict[str, str]
HELD = "Second-hand market with bidding for NFTs, which our students describe"
MARKET = {
    "full-caves": (
        "Full Caves",
        "institution",
        "三维激光扫描,用于石窟",
        "Rendering of point clouds",
    ),
    "full-optics": (
        "Full Optics",
        "enterprise",
        "Imaging of mural pigments",
        "三维激光扫描,用于石窟",
    ),
    "full-render": (
        "Full Render",
        "enterprise",
        "Rendering of point clouds",
        "Imaging of pigments",
    ),
}
STAFF_PAGES = (
    "queue?field=digital-humans&state=suggested,in_review",
    "queue?organisation=full-caves",
    "matches/{match}",
    "organisations?text=full",
    "organisations/full-caves",
    "organisations/full-caves/why-not?other=full-render",
    "policy-flags?state=open",
    "policy-flags/{flag}",
    "jobs",
    "jobs/new",
    "jobs/{job}",
    "jobs/schedules",
    "calls",
    "calls/{call}",
    "calls/{call}/coverage",
    "calls/{call}/seats/{seat}/alternatives",
    "call-imports",
    "search?text=laser",
    "inbox",
    "notifications",
    "saved-searches",
    "webhooks/{webhook}",
    "people",
    "matches/00000000000000000000000000000000",
)
MEMBER_PAGES = (
    "policy",
    "policy/{flag}",
    "calls",
    "calls/{call}",
    "invitations",
    "start/first",
    "suggestions",
    "partners/full-optics",
    "search?text=laser",
    "inbox",
    "notifications",
    "webhooks/{webhook}",
    "audit",
)
LOCALES = ("en-GB", "zh-CN")


@dataclass
class Maker:
    """Fills the platform over the API; every answer must be good."""

    client: httpx.Client

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        return self.client.request(method, f"/v1{path}", **more).raise_for_status().json()


@pytest.fixture(scope="module")
def content(stack: Stack) -> Iterator[Content]:
    """Organisations, a match, a flag, a job with a schedule, and a call with an invitation."""
    with stack.client("operator") as client:
        make = Maker(client)
        for id, (name, kind, can, needs) in MARKET.items():
            more = {"c2": HELD} if id == "full-caves" else {}
            body = profile(name, kind=kind, capabilities={"c1": can, **more}, needs={"n1": needs})
            make("PUT", f"/organisations/{id}", json=body, headers={"If-None-Match": "*"})
        stack.wait_searchable()
        pair = {"organisation": "full-caves", "other": "full-optics"}
        flags = make("GET", "/policy-flags", params={"organisation": "full-caves"})["items"]
        make("POST", "/rematch-schedules", json={"name": "Mornings", "cron": "0 3 * * 1-5"})
        yield {
            "match": make("POST", "/matches", json=pair)["id"],
            "flag": flags[0]["id"],
            "job": job(make),
            **call(make),
        }


def job(make: Maker) -> str:
    """One that has come to its end."""
    deadline = time.monotonic() + 120
    scope = {"organisations": list(MARKET)}
    started = make("POST", "/rematch-jobs", json={"scope": scope, "reason": "For its page"})
    while (found := make("GET", f"/rematch-jobs/{started['id']}"))["state"] != "done":
        assert time.monotonic() < deadline, found
        time.sleep(0.3)
    return str(started["id"])


def call(make: Maker) -> Content:
    """Open, with one organisation invited."""
    wanted = [
        {"id": "r1", "text": "三维激光扫描,用于石窟"},
        {"id": "r2", "text": "Imaging of pigments"},
    ]
    found = make("POST", "/calls", json={"title": "A full call", "requirements": wanted})
    path = f"/calls/{found['id']}"
    make("POST", f"{path}/publication", headers={"If-Match": '"1"'})
    asked = {"organisation": "full-caves", "requirements": ["r1"]}
    seat = make("POST", f"{path}/seats", json=asked)["seats"][0]
    return {"call": found["id"], "seat": str(seat["id"])}


def webhook(visitor: Visitor) -> str:
    """One of the visitor's own."""
    visitor.go("/console/webhooks")
    page = visitor.page
    page.locator("main input[name=url]").fill("https://hooks.example.org/hezuo")
    page.locator("main form:has(input[name=url]) input[type=checkbox]").first.check()
    page.locator("main form:has(input[name=url]) button").click()
    page.wait_for_load_state()
    visitor.go("/console/webhooks")
    address = page.locator("main a[href*='/console/webhooks/']").first.get_attribute("href")
    assert address
    return address.rpartition("/")[2]


def wrongs(visitor: Visitor, paths: tuple[str, ...], content: Content) -> dict[str, Any]:
    """By page; one after the other in English and in Chinese."""
    found = {}
    for number, path in enumerate(paths):
        visitor.page.set_extra_http_headers({"Accept-Language": LOCALES[number % 2]})
        visitor.go("/console/" + path.format_map(content))
        if wrong := visitor.serious() + visitor.faint_in_the_dark():
            found[path] = wrong
    return found


def test_pages_of_staff_shut_nobody_out(comes: Comes, content: Content) -> None:
    staff = comes("operator")
    assert wrongs(staff, STAFF_PAGES, {**content, "webhook": webhook(staff)}) == {}


def test_pages_of_members_shut_nobody_out(comes: Comes, content: Content) -> None:
    member = comes("member", "full-caves")
    assert wrongs(member, MEMBER_PAGES, {**content, "webhook": webhook(member)}) == {}


@pytest.mark.usefixtures("content")
def test_the_page_of_a_collision_shuts_nobody_out(comes: Comes) -> None:
    member, other = comes("member", "full-caves"), comes("member", "full-caves")
    for one in (member, other):
        one.go("/console/profile")
    for one, city in ((other, "Elsewhere"), (member, "Here")):
        one.page.get_by_label("City").fill(city)
        one.press("Save the profile")
        one.page.wait_for_load_state()
    assert "Elsewhere" in member.page.content(), "what the other has saved is shown beside it"
    assert member.serious() + member.faint_in_the_dark() == []


def test_pages_before_the_login_shut_nobody_out(comes: Comes) -> None:
    visitor = comes()
    assert wrongs(visitor, ("login", "enter?link=x"), {}) == {}
    visitor.go("/console/login")
    visitor.page.locator("main input[name=email]").fill("full-fresh@browser.example")
    visitor.page.locator("main button").click()
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("main a[href*='enter?link=']").count() == 1
    assert visitor.serious() + visitor.faint_in_the_dark() == []
