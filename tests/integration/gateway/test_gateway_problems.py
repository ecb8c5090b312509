"""Every error is a problem, in the reader's language, with a request id; hostile input is inert."""

import json
import logging
from typing import Any

import pytest

from shared.contracts.problems import Problem
from shared.logs import configure_logs
from tests.support.careless_services import organisation

pytestmark = pytest.mark.anyio


def problem(status: int, code: str, **parameters: Any) -> bytes:
    return (
        Problem(
            type=f"urn:hezuo:problem:{code}",
            title="t",
            status=status,
            detail="said in English by the service",
            code=code,
            request_id="r",
            parameters=parameters,
        )
        .model_dump_json()
        .encode()
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/nowhere", 404, "not_found"),
        ("PUT", "/v1/me", 405, "method_not_allowed"),
        ("GET", "/v1/organisations?limit=0", 422, "invalid_request"),
        ("GET", "/v1/organisations?limti=5", 422, "invalid_request"),
        ("GET", "/v1/organisations/%2e%2e%2fimports", 404, "not_found"),
        ("GET", "/v1/organisations/-x", 422, "invalid_request"),
        ("GET", "/v1/organisations/a%00b", 422, "invalid_request"),
        ("GET", "/v1/api-keys?cursor=x", 422, "invalid_request"),
        ("GET", "/v1/organisations/x/suggestions?minimum_score=nan", 422, "invalid_request"),
        ("GET", "/v1/organisations/x/versions/0", 422, "invalid_request"),
    ],
)
async def test_the_edges_own_errors_are_problems(
    edge: Any, method: str, path: str, status: int, code: str
) -> None:
    answer = await (await edge.client("operator")).request(method, path)

    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("accepted", "language", "title"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh", "未找到"),
        ("en-GB", "en", "Not found"),
        ("fr", "en", "Not found"),
        ("", "en", "Not found"),
    ],
)
async def test_errors_are_in_the_readers_language(
    edge: Any, accepted: str, language: str, title: str
) -> None:
    client = await edge.client("operator")

    answer = await client.get("/nowhere", headers={"Accept-Language": accepted})

    assert answer.headers["content-language"] == language
    assert answer.json()["title"] == title


async def test_a_services_error_is_said_again_in_the_readers_language(edge: Any) -> None:
    edge.profiles.answer(
        "PUT", "/organisations/a", problem(412, "stale_version", current=7), 412, ETag='"7"'
    )
    client = await edge.client("member", "a")
    body = {"kind": "other", "names": {"en": "A"}}

    answer = await client.put("/v1/organisations/a", json=body, headers={"Accept-Language": "zh"})

    assert answer.status_code == 412
    assert answer.json()["detail"] == "当前版本为 7;请重新读取后再修改。"
    assert answer.headers["etag"] == '"7"'


async def test_an_internal_refusal_is_our_fault_not_the_readers(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations", problem(401, "unauthenticated", reason=""), 401)

    assert (await (await edge.client("operator")).get("/v1/organisations")).status_code == 500


async def test_an_answer_that_breaks_the_contract_is_not_passed_on(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations/a", b'{"id": "a", "salary": "SECRET"}')

    answer = await (await edge.client("operator")).get("/v1/organisations/a")

    assert answer.status_code == 500
    assert "SECRET" not in answer.text
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"kind": "other", "names": {"en": "A"}, "needs": ' + b"[" * 100_000,
        b"\xff\xfe{}",
        b"{'kind': 1}",
    ],
)
async def test_json_bombs_and_broken_json_are_400(edge: Any, body: bytes) -> None:
    client = await edge.client("member", "a")
    headers = {"Content-Type": "application/json"}

    answer = await client.put("/v1/organisations/a", content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")
    assert edge.profiles.asked == []


def name(text: str) -> bytes:
    return json.dumps({"kind": "other", "names": {"en": text}}).encode()


@pytest.mark.parametrize(
    "body",
    [
        name("a\x00b"),
        name("a\ud800b"),
        name("a\r\nb"),
        b'{"kind": "other", "names": {"en": "A"}, "a\\ud800": 1}',
        b'{"kind": "other", "names": {"en": "A"}, "capacity": NaN}',
        b'{"kind": "other", "names": {"en": "A"}, "capacity": 1e999}',
        b'"\\ud800"',
        b"[]",
        b"null",
    ],
)
async def test_what_cannot_be_stored_is_422(edge: Any, body: bytes) -> None:
    client = await edge.client("member", "a")
    headers = {"Content-Type": "application/json"}

    answer = await client.put("/v1/organisations/a", content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_bidi_and_markup_pass_as_plain_data(edge: Any) -> None:
    edge.profiles.answer("PUT", "/organisations/a", organisation("a"))
    client = await edge.client("member", "a")
    text = "<script>alert(1)</script> \u202eevil"

    answer = await client.put(
        "/v1/organisations/a", content=name(text), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 200
    assert json.loads(edge.profiles.asked[0].body)["names"]["en"] == text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_the_request_id_runs_through(edge: Any) -> None:
    edge.profiles.answer("GET", "/organisations/a", organisation("a"))
    client = await edge.client("operator")

    answer = await client.get("/v1/organisations/a", headers={"X-Request-Id": "trace-12345678"})

    assert answer.headers["x-request-id"] == "trace-12345678"
    assert edge.profiles.asked[0].headers["x-request-id"] == "trace-12345678"


async def test_a_request_writes_one_log_line_whatever_it_contains(
    edge: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger().handlers
    configure_logs("gateway")
    try:
        await (await edge.client("operator")).get(
            "/v1/no%0d%0a%7b%22event%22:%22forged%22%7d\u2028%e2%80%ae",
            headers={"X-Request-Id": "x\x0by", "User-Agent": "a\tb"},
        )
    finally:
        logging.getLogger().handlers = before
    lines = [line for line in capsys.readouterr().err.splitlines() if line]

    assert len(lines) == 1
    assert json.loads(lines[0])["event"] == "request"


async def test_fields_are_in_the_readers_language_whoever_found_them_wrong(edge: Any) -> None:
    member = await edge.client("member", "own")
    chinese = {"Accept-Language": "zh"}
    here = await member.get("/v1/organisations?limit=0&limti=5", headers=chinese)
    said = {one["field"]: (one["problem"], one["mend"]) for one in here.json()["fields"]}
    assert said["query.limit"] == ("不能小于 1", "请给出 1 或更大的值")
    assert said["query.limti"][0] == "不认识该字段"

    wrong = {"field": "uscc", "problem": "another organisation has it", "mend": None}
    content = json.loads(problem(409, "identifier_taken", field="uscc", value="x"))
    edge.profiles.answer(
        "GET", "/organisations/a", json.dumps({**content, "fields": [wrong]}).encode(), 409
    )
    there = await member.get("/v1/organisations/a", headers=chinese)
    assert there.json()["fields"] == [{**wrong, "problem": "已被另一机构使用"}]
