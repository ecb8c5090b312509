"""`GET /decisions`: what is filtered for, page by page, for coordinators alone."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from services.matcher.api import learning
from services.matcher.domain.learning.stored import NewRecord
from shared.clients.service_client import ServiceClient
from shared.contracts.decisions import Reason, RecordKind, Verdict
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens
from shared.runtime import install_common
from tests.support.matcher_bench import MatcherBench

pytestmark = pytest.mark.anyio
SECRET = "s" * 32
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
SAID: tuple[tuple[str, str, RecordKind, Verdict, tuple[Reason, ...]], ...] = (
    ("lab", "maker", RecordKind.DECISION, Verdict.APPROVED, ()),
    ("lab", "rival", RecordKind.DECISION, Verdict.REJECTED, (Reason.OUT_OF_SCOPE,)),
    ("farm", "lab", RecordKind.DECISION, Verdict.REJECTED, (Reason.POLICY, Reason.TOO_EARLY)),
    ("maker", "lab", RecordKind.RESPONSE, Verdict.DECLINED, (Reason.TOO_EARLY,)),
    ("farm", "rival", RecordKind.INTRODUCTION, Verdict.INTRODUCED, ()),
)


@pytest.fixture
async def matcher(bench: MatcherBench) -> AsyncIterator[ServiceClient]:
    """The routes over the records of SAID, in that order."""
    async with bench.store.transaction() as transaction:
        for organisation, partner, kind, verdict, reasons in SAID:
            record = NewRecord(kind, organisation, partner, verdict, reasons, None, "c", None)
            await transaction.records.add(record)
    app = FastAPI()
    app.state.internal_tokens = InternalTokens(SECRET, "matcher")
    app.state.matcher = SimpleNamespace(use_cases=SimpleNamespace(records=bench.records))
    install_common(app, body_limit=1000)
    app.include_router(learning.router)
    tokens, transport = InternalTokens(SECRET, "gateway"), httpx.ASGITransport(app=app)
    client = ServiceClient("matcher", "http://matcher", tokens, transport=transport)
    yield client
    await client.close()


async def listed(matcher: ServiceClient, **query: str | int) -> dict[str, Any]:
    answer = await matcher.call("GET", "/decisions", principal=COORDINATOR, params=query)
    page: dict[str, Any] = answer.json()
    return page


def places(page: dict[str, Any]) -> list[int]:
    """Of its records in SAID."""
    told = [(one["organisation"], one["partner"], one["kind"]) for one in page["items"]]
    return [[(o, p, kind.value) for o, p, kind, *_ in SAID].index(one) for one in told]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [4, 3, 2, 1, 0]),
        ({"organisation": "lab"}, [3, 2, 1, 0]),
        ({"organisation": "farm"}, [4, 2]),
        ({"organisation": "nobody"}, []),
        ({"kind": "response"}, [3]),
        ({"verdict": "rejected"}, [2, 1]),
        ({"reason": "too_early"}, [3, 2]),
        ({"reason": "too_early", "kind": "decision", "organisation": "farm"}, [2]),
        ({"verdict": "approved", "reason": "policy"}, []),
    ],
)
async def test_each_filter_narrows_the_list_newest_first(
    matcher: ServiceClient, query: dict[str, str], expected: list[int]
) -> None:
    assert places(await listed(matcher, **query)) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
async def test_pages_hold_every_record_once_and_the_last_has_no_cursor(
    matcher: ServiceClient, limit: int
) -> None:
    page = await listed(matcher, organisation="lab", limit=limit)
    found = places(page)
    while page["next_cursor"]:
        assert len(page["items"]) == limit
        page = await listed(matcher, organisation="lab", limit=limit, cursor=page["next_cursor"])
        assert page["items"], "no page is empty"
        found += places(page)
    assert found == [3, 2, 1, 0]


async def test_what_is_said_between_two_pages_does_not_move_the_second(
    matcher: ServiceClient, bench: MatcherBench
) -> None:
    first = await listed(matcher, limit=2)
    async with bench.store.transaction() as transaction:
        late = NewRecord(RecordKind.DECISION, "late", "lab", Verdict.APPROVED, (), None, "c", None)
        await transaction.records.add(late)
    second = await listed(matcher, limit=3, cursor=first["next_cursor"])
    assert places(first) + places(second) == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gossip"},
        {"verdict": "maybe"},
        {"reason": "mood"},
        {"limit": 0},
        {"limit": 201},
        {"cursor": "no-cursor-of-ours"},
        {"organisation": "a b"},
    ],
)
async def test_what_cannot_be_asked_for_is_refused(
    matcher: ServiceClient, query: dict[str, str | int]
) -> None:
    with pytest.raises(ProblemError, match="invalid_request"):
        await listed(matcher, **query)


async def test_members_are_not_told_what_was_decided(matcher: ServiceClient) -> None:
    member = Principal(subject="m", role=Role.MEMBER, organisation="lab")
    with pytest.raises(ProblemError, match="forbidden"):
        await matcher.call("GET", "/decisions", principal=member)


async def test_an_organisation_reads_its_own_answers_and_nobody_elses(
    matcher: ServiceClient,
) -> None:
    answered = {said for said, _, kind, *_ in SAID if kind is RecordKind.RESPONSE}
    assert answered
    for organisation in answered:
        member = Principal(subject="m", role=Role.MEMBER, organisation=organisation)
        path = f"/organisations/{organisation}/responses"
        items = (await matcher.call("GET", path, principal=member)).json()["items"]
        assert {(one["organisation"], one["kind"]) for one in items} == {(organisation, "response")}
        assert not any(one["snapshot"] for one in items)
        stranger = Principal(subject="s", role=Role.MEMBER, organisation="stranger")
        with pytest.raises(ProblemError, match="own_organisation_only"):
            await matcher.call("GET", path, principal=stranger)
