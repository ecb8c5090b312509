"""A held text: its author sees why and appeals, a coordinator clears it, and it is shown again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browsing import Visitor
from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = pytest.mark.model
Comes = Callable[..., Visitor]
HELD = "We study why people speculate with NFTs on a resale marketplace, and trade none ourselves"
READER = {"held-author": "Held Author Institute", "held-reader": "Held Reader Works"}


@pytest.fixture(scope="module")
def two(stack: Stack) -> None:
    with stack.client("operator") as operator:
        for id, name in READER.items():
            body = profile(name, capabilities={"c1": "Archives of digital art"})
            path = f"/v1/organisations/{id}"
            operator.put(path, json=body, headers={"If-None-Match": "*"}).raise_for_status()


def reads(visitor: Visitor, text: str) -> bool:
    visitor.go("/console/partners/held-author")
    expect(visitor.page.locator("h1")).to_contain_text("Held Author")
    return text in visitor.page.content()


@pytest.mark.usefixtures("two")
def test_a_hold_its_appeal_and_its_clearing(comes: Comes) -> None:
    author, reader = comes("member", "held-author"), comes("member", "held-reader", locale="zh-CN")
    writes(author)
    assert not reads(reader, HELD)
    appeals(author)
    coordinator = comes("coordinator")
    clears(coordinator)
    author.page.reload()
    expect(author.page.get_by_text("They study it, they do not sell it")).to_be_visible()
    expect(author.page.get_by_text("Nobody else sees it")).to_have_count(0)
    assert author.serious() == []
    assert reads(reader, HELD)
    assert author.complaints == reader.complaints == coordinator.complaints == []


def writes(author: Visitor) -> None:
    page = author.page
    author.go("/console/profile")
    author.press("+ Add a capability")
    page.get_by_label("What can you do?").last.fill(HELD)
    author.press("Save the profile")
    expect(page.get_by_role("status").first).to_contain_text("not shown to others")
    assert author.serious() == []


def appeals(author: Visitor) -> None:
    page = author.page
    page.get_by_role("link", name="See why, and what to change").click()
    page.get_by_role("link", name="NFTs and digital collectibles as financial products").click()
    expect(page.get_by_text("a coordinator has to look at it")).to_be_visible()
    expect(page.get_by_text("Nobody else sees it while it is held.")).to_be_visible()
    page.get_by_label("Say why").fill("This is research on the risks.")
    author.press("Ask a coordinator to look again")
    expect(page.get_by_role("status").first).to_contain_text("A coordinator looks at it again")
    assert author.serious() == []


def clears(coordinator: Visitor) -> None:
    page = coordinator.page
    coordinator.go("/console/policy-flags")
    row = page.get_by_role("row").filter(has_text="Held Author Institute")
    assert coordinator.serious() == []
    row.get_by_role("link").click()
    expect(page.get_by_text("This is research on the risks.")).to_be_visible()
    assert coordinator.serious() == []
    page.get_by_label("Reason, which the member reads").fill("They study it, they do not sell it.")
    coordinator.press("Clear it")
    expect(page.get_by_role("status").first).to_contain_text("the statement is shown again")
