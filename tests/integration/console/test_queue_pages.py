"""The review queue's page: filters, and decisions about many that are taken back together."""

import json
from typing import Any

import pytest

from shared.contracts.match_requests import BulkDecisionOutcome, BulkDecisionResult
from shared.contracts.matches import MatchCounts, MatchPage
from tests.integration.console.conftest import Edge, LogIn

pytestmark = pytest.mark.anyio
ONE, OTHER, THIRD = ("0" * 31 + digit for digit in "123")
DECISIONS, UNDO = "/match-decisions", "/match-decisions/undo"


@pytest.fixture
def answering(edge: Edge) -> Edge:
    edge.matcher.answer("GET", "/matches", MatchPage(items=()))
    edge.matcher.answer("GET", "/matches/counts", MatchCounts(total=0, states={}))
    return edge


def result(*done: str, refused: str | None = None) -> BulkDecisionResult:
    items = [BulkDecisionOutcome(id=id, decided=True, version=5) for id in done]
    if refused:
        why = "It was changed meanwhile"
        items.append(BulkDecisionOutcome(id=refused, decided=False, version=9, reason=why))
    return BulkDecisionResult(items=tuple(items), decided=len(done), refused=bool(refused))


def sent(edge: Edge, path: str) -> dict[str, Any]:
    (asked,) = [one for one in edge.matcher.asked if one.path == path and one.method == "POST"]
    body: dict[str, Any] = json.loads(asked.body)
    return body


async def test_each_filter_reaches_the_list_and_the_counts(answering: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    wanted = "field=digital-humans&province=320000&requested=true&origin=member&kind=enterprise"
    page = await browser.get(f"/console/queue?{wanted}&minimum=&text=")
    assert page.status_code == 200
    for path in ("/matches", "/matches/counts"):
        (asked,) = [one for one in answering.matcher.asked if one.path == path]
        found = {name: asked.query.get(name) for name in ("field", "province", "origin", "kind")}
        assert found == {
            "field": "digital-humans",
            "province": "320000",
            "origin": "member",
            "kind": "enterprise",
        }
        assert asked.query["requested"].lower() == "true"


async def test_filters_are_shown_as_they_are_set_and_cleared(
    answering: Edge, log_in: LogIn
) -> None:
    browser = await log_in("coordinator")
    page = await browser.get("/console/queue?province=320000&sort=created")
    assert '<option value="320000" selected>Jiangsu</option>' in page.text
    assert '<details class="more" open>' in page.text
    assert 'href="/console/queue?sort=created">Clear<' in page.text
    plain = await browser.get("/console/queue?sort=created")
    assert '<details class="more" open>' not in plain.text
    assert ">Clear<" not in plain.text


async def test_decisions_about_many_are_taken_back_together(answering: Edge, log_in: LogIn) -> None:
    answering.matcher.answer("POST", DECISIONS, result(ONE, OTHER))
    answering.matcher.answer("POST", UNDO, result(ONE, OTHER))
    browser = await log_in("coordinator")
    await decide(browser, f"{ONE}:4", f"{OTHER}:4")
    await browser.post(await undo_of(browser))
    assert sent(answering, UNDO) == {
        "matches": [{"id": ONE, "version": 5}, {"id": OTHER, "version": 5}]
    }
    page = await browser.get("/console/queue?sort=created")
    assert "2 decisions are taken back." in page.text


async def test_only_what_was_decided_is_taken_back(answering: Edge, log_in: LogIn) -> None:
    answering.matcher.answer("POST", DECISIONS, result(ONE, OTHER, refused=THIRD))
    answering.matcher.answer("POST", UNDO, result(ONE, refused=OTHER))
    browser = await log_in("coordinator")
    await decide(browser, f"{ONE}:4", f"{OTHER}:4", f"{THIRD}:4")
    await browser.post(await undo_of(browser))
    assert [one["id"] for one in sent(answering, UNDO)["matches"]] == [ONE, OTHER]
    page = await browser.get("/console/queue?sort=created")
    assert "1 taken back, 1 not: It was changed meanwhile" in page.text


async def decide(browser: Any, *matches: str) -> None:
    await browser.get("/console/queue?sort=created")
    back = "/console/queue?sort=created"
    answer = await browser.post(
        "/console/queue/decisions", match=matches, decision="hold", back=back
    )
    assert answer.headers["location"] == back


async def undo_of(browser: Any) -> str:
    """Where the button of what is said leads."""
    page = await browser.get("/console/queue?sort=created")
    _, _, rest = page.text.partition('<form method="post" action="/console/queue/undo')
    assert rest, page.text
    return "/console/queue/undo" + rest.partition('"')[0].replace("&amp;", "&")
