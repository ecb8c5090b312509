"""Rates, sizes, pace and the headers that every answer has."""

import asyncio
from typing import Any

import pytest

from tests.support.careless_services import organisation

pytestmark = pytest.mark.anyio
JSON = {"Content-Type": "application/json"}


async def test_standing_is_told_and_too_many_are_refused(make_edge: Any) -> None:
    edge = make_edge(rate_limit="3/minute")
    member = await edge.client("member", "a")

    answers = [await member.get("/v1/me") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert answers[0].headers["ratelimit-limit"] == "3"
    assert answers[0].headers["ratelimit-policy"] == "3;w=60"
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60
    assert answers[3].json()["code"] == "rate_limited"


async def test_callers_have_their_own_budgets_and_batch_a_larger_one(make_edge: Any) -> None:
    edge = make_edge(rate_limit="1/minute", batch_rate_limit="50/minute")
    for role, organisation_id in [("member", "a"), ("member", "b"), ("coordinator", None)]:
        client = await edge.client(role, organisation_id)
        assert [(await client.get("/v1/me")).status_code for _ in range(2)] == [200, 429]
    batch = await edge.client("batch")
    assert {(await batch.get("/v1/me")).status_code for _ in range(10)} == {200}


async def test_wrong_credentials_count_against_the_address(make_edge: Any) -> None:
    edge = make_edge(anonymous_rate_limit="2/minute")
    guesser = await edge.client_with({"Authorization": "Bearer guess"})

    statuses = [(await guesser.get("/v1/me")).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]
    assert (await (await edge.client("member", "a")).get("/v1/me")).status_code == 200
    assert (await guesser.get("/health")).status_code == 200


async def test_too_large_a_body_is_413_declared_or_not(make_edge: Any) -> None:
    edge = make_edge(profile_body_limit=1000, import_body_limit=5000)
    member = await edge.client("member", "a")

    async def chunks(count: int) -> Any:
        for _ in range(count):
            yield b"x" * 500

    declared = await member.put("/v1/organisations/a", content=b"x" * 1001, headers=JSON)
    chunked = await member.put("/v1/organisations/a", content=chunks(3), headers=JSON)
    batch = await edge.client("batch")
    imported = await batch.post("/v1/imports?format=csv", content=chunks(11))

    for answer in (declared, chunked, imported):
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert edge.profiles.asked == []


async def test_a_body_that_trickles_is_408(make_edge: Any) -> None:
    edge = make_edge(body_grace_seconds=0.2, body_bytes_per_second=1000.0)
    coordinator = await edge.client("coordinator")

    async def trickle() -> Any:
        while True:
            yield b" "
            await asyncio.sleep(0.05)

    for method, path in [("PUT", "/v1/organisations/a"), ("POST", "/v1/imports?format=csv")]:
        answer = await coordinator.request(method, path, content=trickle(), headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (408, "timeout")
        assert answer.headers["connection"] == "close"


async def test_a_body_at_a_fair_pace_is_taken(make_edge: Any) -> None:
    edge = make_edge(body_grace_seconds=0.2, body_bytes_per_second=1000.0)
    edge.profiles.answer("PUT", "/organisations/a", organisation("a"))
    member = await edge.client("member", "a")

    async def steady() -> Any:
        yield b'{"kind": "other", "names": {"en": "A"}'
        for _ in range(5):
            yield b" " * 200
            await asyncio.sleep(0.1)
        yield b"}"

    answer = await member.put("/v1/organisations/a", content=steady(), headers=JSON)

    assert answer.status_code == 200


async def test_every_answer_has_the_security_headers(edge: Any) -> None:
    anybody = await edge.client()
    for path in ("/v1/me", "/health", "/nowhere", "/openapi.json"):
        headers = (await anybody.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers
        assert "access-control-allow-origin" not in headers


async def test_tls_and_origins_are_by_setting(make_edge: Any) -> None:
    edge = make_edge(behind_tls=True, cors_origins=("https://console.example",))
    origin = {"Origin": "https://console.example", "Access-Control-Request-Method": "GET"}

    preflight = await (await edge.client()).options("/v1/me", headers=origin)
    foreign = await (await edge.client()).get("/health", headers={"Origin": "https://evil.example"})

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "https://console.example"
    assert "max-age" in preflight.headers["strict-transport-security"]
    assert "access-control-allow-origin" not in foreign.headers
