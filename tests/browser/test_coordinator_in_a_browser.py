"""A coordinator's day in Chromium: login, approving by keyboard, language, a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import Visitor
from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.model]
Comes = Callable[..., Visitor]
PROFILES = {
    "b-optics": ("Harbour Optics", "Near-eye waveguide optics for displays", "5G edge nodes"),
    "b-games": ("Lantern Games", "Rendering on 5G edge nodes", "Waveguide optics for displays"),
    "b-museum": ("River Museum", "Photogrammetry of bronze vessels", "Rendering on edge nodes"),
    "b-health": ("Pine Health", "Virtual diagnosis training", "Photogrammetry of the body"),
}
PATHS = (
    "/console/queue",
    "/console/organisations",
    "/console/organisations/b-optics",
    "/console/organisations/look-alikes",
    "/console/policy-flags",
    "/console/audit",
    "/console/api-keys",
    "/console/status",
    "/console/account",
)


@pytest.fixture(scope="module")
def matches(stack: Stack) -> list[str]:
    """Four organisations and three matches between them."""
    pairs = [("b-optics", "b-games"), ("b-optics", "b-museum"), ("b-games", "b-health")]
    with stack.client("coordinator") as staff:
        for one, (name, can, needs) in PROFILES.items():
            body = profile(name, capabilities={"c1": can}, needs={"n1": needs})
            path = f"/v1/organisations/{one}"
            staff.put(path, json=body, headers={"If-None-Match": "*"}).raise_for_status()
        stack.wait_searchable()
        made = [
            staff.post("/v1/matches", json={"organisation": one, "other": other})
            for one, other in pairs
        ]
    return [answer.json()["id"] for answer in made]


def count_of(page: Page, tab: str) -> int:
    return int(page.locator("#tabs a", has_text=tab).locator(".count").inner_text())


def test_approves_by_keyboard_and_takes_it_back(comes: Comes, matches: list[str]) -> None:
    visitor = comes("coordinator")
    page = visitor.page
    visitor.go("/console/queue")
    waiting = count_of(page, "To review")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.get_by_role("status").first).to_contain_text("1 approved.")
    assert count_of(page, "To review") == waiting - 1
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("taken back")
    assert count_of(page, "To review") == waiting


def test_rejects_with_a_reason(comes: Comes, matches: list[str]) -> None:
    visitor = comes("coordinator")
    page = visitor.page
    visitor.go("/console/queue")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_label("Out of scope").check()
    page.locator("#reject").click()
    expect(page.get_by_role("status").first).to_contain_text("1 rejected.")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("taken back")


def test_the_match_page_joins_needs_and_capabilities(comes: Comes, matches: list[str]) -> None:
    visitor = comes("coordinator")
    page = visitor.page
    visitor.go(f"/console/matches/{matches[0]}")
    expect(page.locator(".joined path").first).to_be_attached()
    assert visitor.serious() == []
    page.get_by_label("A remark for your colleagues").fill("Seen at the fair <script>x</script>")
    page.get_by_role("button", name="Keep the remark").click()
    expect(page.locator("#comments")).to_contain_text("Seen at the fair <script>x</script>")
    page.keyboard.press("a")
    expect(page.get_by_role("status").first).to_contain_text("Approved.")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("status").first).to_contain_text("taken back")


def test_speaks_chinese_and_english(comes: Comes, matches: list[str]) -> None:
    visitor = comes("coordinator")
    page = visitor.page
    visitor.go("/console/queue?sort=created")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("h1")).to_have_text("审核队列")
    assert "sort=created" in page.url
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Review queue")


def test_works_on_a_phone(comes: Comes, matches: list[str]) -> None:
    visitor = comes("coordinator")
    page = visitor.page
    page.set_viewport_size({"width": 375, "height": 740})
    for path in ("/console/queue", f"/console/matches/{matches[0]}", "/console/people"):
        visitor.go(path)
        assert not visitor.widens(), path
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Audit trail")).to_be_visible()


def test_axe_finds_nothing_serious(comes: Comes, matches: list[str]) -> None:
    visitor = comes("operator")
    found = {}
    for path in PATHS:
        visitor.go(path)
        if wrong := visitor.serious() + visitor.faint_in_the_dark():
            found[path] = wrong
    assert found == {}


def test_the_first_page_is_small(comes: Comes) -> None:
    visitor = comes()
    sizes: list[int] = []
    visitor.page.on("response", lambda answer: sizes.append(len(answer.body())))
    visitor.go("/console/login")
    visitor.page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 100_000
    assert visitor.serious() == []
    assert visitor.complaints == []
