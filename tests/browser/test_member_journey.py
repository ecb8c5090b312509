"""A member registers, saves a profile, sees a suggestion; both sides say yes and are introduced."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browsing import Visitor
from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = pytest.mark.model
Comes = Callable[..., Visitor]
TEXT = """We are a small laboratory in Nanjing.

What we offer
- Head-related transfer functions measured individually in 20 minutes, at 1,024 directions.

What we are looking for
- Bone conduction transducers that fit into a temple of glasses, below 50 mW.

Contact: lab@example.org
"""
PARTNER = "browser-partner"
PAGES = (
    "suggestions",
    "suggestions/why-not?name=Browser",
    f"partners/{PARTNER}",
    "search?text=transducers",
    "introductions",
    "inbox",
    "notifications",
    "saved-searches",
    "webhooks",
    "profile",
    "policy",
    "my-data",
    "start/material",
)


@pytest.fixture(scope="module")
def partner(stack: Stack) -> str:
    """Somebody who has what the member needs, and needs what it offers."""
    body = profile(
        "Browser Transducers Ltd",
        capabilities={"c1": "Bone conduction transducers for glasses, 40 mW, six grams each"},
        needs={"n1": "Individually measured head-related transfer functions, in under an hour"},
        contacts=[{"name": "Wang Partner", "email": "wang@partner.example"}],
    )
    with stack.client("operator") as operator:
        path = f"/v1/organisations/{PARTNER}"
        operator.put(path, json=body, headers={"If-None-Match": "*"}).raise_for_status()
    return PARTNER


def register(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/console")
    page.get_by_label("E-mail").fill("lab@browser.example")
    page.locator("main button").click()
    page.locator("main a[href*='enter?link=']").click()
    page.locator("main button").click()
    page.wait_for_url("**/console/start")
    assert visitor.serious() == []
    page.get_by_label("English name").fill("Browser Acoustics Lab")
    visitor.press("Register and go on")


def save_drafts(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("textarea[name=text]").fill(TEXT)
    visitor.press("Make drafts")
    drafts = page.locator("li.draft")
    expect(drafts).to_have_count(2)
    assert visitor.serious() == []
    expect(drafts.nth(0).get_by_label("We can")).to_be_checked()
    expect(drafts.nth(1).get_by_label("We need")).to_be_checked()
    visitor.press("Save them to the profile")


def add_contact(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/console/profile")
    visitor.press("+ Add a contact")
    page.locator("[name='contacts.0.name']").fill("Li Member")
    page.locator("[name='contacts.0.email']").fill("li@lab.example")
    page.get_by_label("What do you need?").first.press_sequentially(" Today.", delay=5)
    expect(page.locator(".hints .clarity").first).to_be_visible()
    visitor.press("Save the profile")
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()


def approve(coordinator: Visitor, name: str) -> None:
    """In the queue, with the keyboard alone; then both sides are asked."""
    page, keys = coordinator.page, coordinator.page.keyboard
    coordinator.go("/console/queue")
    keys.press("/")
    keys.type(name)
    keys.press("Enter")
    page.wait_for_url("**text=*")
    expect(page.locator("#rows > li")).to_have_count(1)
    keys.press("j")
    keys.press("a")
    expect(page.get_by_role("status").first).to_contain_text("1 approved.")
    page.get_by_role("link", name="Approved").press("Enter")
    page.wait_for_url("**state=approved*")
    keys.press("j")
    keys.press("Enter")
    page.get_by_role("button", name="Ask both sides").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Both sides are asked.")
    assert coordinator.complaints == []


def test_from_a_new_account_to_the_partners_contacts(comes: Comes, partner: str) -> None:
    member = comes()
    page = member.page
    register(member)
    save_drafts(member)
    first = page.locator("article.suggestion").first
    expect(first).to_contain_text("Browser Transducers Ltd")
    expect(first).to_contain_text("Bone conduction transducers that fit")
    add_contact(member)

    member.go("/console/suggestions")
    page.locator("summary", has_text="Ask for an introduction").first.click()
    member.press("Send the request")
    page.wait_for_url("**/console/introductions/*")
    match = page.url.rpartition("/")[2]
    assert "wang@partner.example" not in page.content()
    approve(comes("coordinator"), "Browser Acoustics Lab")

    other = comes("member", partner, locale="zh-CN")
    other.go(f"/console/matches/{match}")
    assert other.page.url.endswith(f"/console/introductions/{match}")
    assert "li@lab.example" not in other.page.content()
    other.page.get_by_role("button", name="愿意,请引荐").click()
    for side in (other, member):
        side.go(f"/console/introductions/{match}")
        expect(side.page.get_by_text("li@lab.example")).to_be_visible()
        expect(side.page.get_by_text("wang@partner.example")).to_be_visible()
        assert side.serious() == []
    assert member.complaints == other.complaints == []


def test_every_page_of_a_member_is_usable_by_all_and_fits_a_phone(
    comes: Comes, partner: str
) -> None:
    member = comes("member", partner, viewport={"width": 390, "height": 800}, has_touch=True)
    found = {}
    for path in PAGES:
        member.go(f"/console/{path}")
        found[path] = (member.serious(), member.widens())
    assert {path: one for path, one in found.items() if one != ([], False)} == {}
    assert member.complaints == []


def test_what_was_typed_survives_a_closed_browser(comes: Comes, partner: str) -> None:
    member = comes("member", partner)
    page = member.page
    member.go("/console/profile")
    page.get_by_label("City").fill("Testtown")
    member.press("+ Add a capability")
    page.keyboard.type("A capability that was not saved")
    page.wait_for_timeout(800)  # it is kept when the typing has paused
    page.on("dialog", lambda dialog: dialog.accept())
    member.go("/console/search")
    member.go("/console/profile")
    member.press("Take them back into the form")
    expect(page.get_by_label("City")).to_have_value("Testtown")
    expect(page.get_by_label("What can you do?").last).to_have_value(
        "A capability that was not saved"
    )
