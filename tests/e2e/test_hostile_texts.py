"""FAULTS 29 and 22 over the real processes: texts that try to be more than text; repetitions."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx2 as httpx
import pytest

from tests.support.hostile_texts import HOSTILE, at, profiles_with
from tests.support.profiles import profile
from tests.support.stack import Stack
from tests.support.truth import query

pytestmark = [pytest.mark.model]


@pytest.fixture(scope="module")
def client(stack: Stack) -> Iterator[httpx.Client]:
    with stack.client("coordinator") as client:
        yield client


def send(client: httpx.Client, method: str, path: str, body: Any, trace: str) -> httpx.Response:
    """As a client that escapes everything (a lone surrogate cannot be sent otherwise)."""
    headers = {"Content-Type": "application/json", "X-Request-Id": trace}
    return client.request(method, path, content=json.dumps(body), headers=headers)


def is_inert(answer: httpx.Response) -> bool:
    """No browser takes it for a page."""
    kind = answer.headers["content-type"]
    return (
        kind in {"application/json", "application/problem+json"}
        and answer.headers["x-content-type-options"] == "nosniff"
        and "set-cookie" not in answer.headers
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_each_field_keeps_it_as_text_or_is_named(client: httpx.Client, name: str) -> None:
    text, slug = HOSTILE[name], name.replace(" ", "-")
    outcomes = Counter[int]()
    for number, (field, body) in enumerate(profiles_with(text)):
        identifier = f"hostile-{slug}-{number}"
        answer = send(
            client, "POST", "/v1/organisations", {"id": identifier, **body}, f"{identifier}-trace"
        )
        outcomes[answer.status_code] += 1
        assert is_inert(answer)
        if answer.status_code == 201:
            assert at(answer.json(), field) == text.strip()
            again = client.get(f"/v1/organisations/{identifier}")
            assert is_inert(again)
            assert at(again.json(), field) == text.strip()
        else:
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), field
            assert any(p["field"].startswith(field) for p in answer.json()["fields"]), field
    assert outcomes[422]
    assert name in {"nul", "lone surrogate"} or outcomes[201]


@pytest.mark.parametrize("name", HOSTILE)
def test_other_texts_of_requests(client: httpx.Client, name: str) -> None:
    text = HOSTILE[name]
    bodies = {
        "/v1/search": {"text": text},
        "/v1/consortia": {"title": text, "requirements": [{"id": "r1", "text": text}]},
        "/v1/api-keys": {
            "label": text,
            "role": "coordinator",
            "expires_at": "2001-01-01T00:00:00Z",
        },
    }
    for path, body in bodies.items():
        answer = send(client, "POST", path, body, "hostile-other-texts")
        assert answer.status_code in {200, 201, 422}
        assert is_inert(answer)
    if "\ud800" in text:
        return
    for path, params in (("/v1/organisations", {"text": text}), ("/v1/exports", {"kind": text})):
        answer = client.get(path, params=params)
        assert answer.status_code in {200, 422}
        assert is_inert(answer)
    answer = client.post(
        "/v1/imports", params={"file_name": text, "format": "jsonl", "dry_run": True}, content=b"{}"
    )
    assert answer.status_code in {202, 422}
    assert is_inert(client.get(f"/v1/organisations/{quote(text, safe='')}"))


def test_each_request_is_one_line_in_each_log(stack: Stack, client: httpx.Client) -> None:
    """Every line is a JSON object, whatever was sent, and nothing forges one."""
    for number, text in enumerate(HOSTILE.values()):
        body = profile("Logged", capabilities={"c1": text + " padding"})
        send(client, "PUT", f"/v1/organisations/logged-{number}", body, f"hostile-log-{number}")
    # A line is written after its answer: once the last one's is there, all are.
    wait_for_line(stack, "gateway", f"hostile-log-{len(HOSTILE) - 1}")
    for service in ("gateway", "profiles", "matcher"):
        lines = [json.loads(line) for line in stack.services[service].log_text().splitlines()]
        assert all(isinstance(line, dict) and line["service"] == service for line in lines)
        assert not [line for line in lines if line["event"] == "forged"]
        traces = Counter(line["request_id"] for line in lines if line["event"] == "request")
        found = {traces[f"hostile-log-{number}"] for number in range(len(HOSTILE))}
        # What the gateway refuses arrives nowhere else.
        assert found == {"gateway": {1}, "profiles": {0, 1}, "matcher": {0}}[service]


def wait_for_line(stack: Stack, service: str, request_id: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while request_id not in stack.services[service].log_text():
        assert time.monotonic() < deadline, f"no line of {request_id}"
        time.sleep(0.02)


def test_no_private_text_reaches_a_log(stack: Stack, client: httpx.Client) -> None:
    body = profile("Quiet", contacts=[{"name": "zqlogname", "email": "zqlogmail@example.org"}])
    secret = {"id": "c1", "text": "zqlogtext stays out of logs", "visibility": "confidential"}
    client.post("/v1/organisations", json={"id": "quiet", **body, "capabilities": [secret]})
    client.post("/v1/search", json={"text": "zqlogtext who can do it"})
    client.get("/v1/organisations", params={"text": "zqlogtext"})
    client.put("/v1/organisations/quiet", json={**body, "kind": "zqlogkind"})
    stack.wait_searchable()
    for service in stack.services.values():
        assert "zqlog" not in service.log_text()


def test_fifty_parallel_repetitions_make_one_organisation(stack: Stack) -> None:
    """FAULTS 22."""
    body = profile("Once", capabilities={"c1": "Said fifty times, done once"})
    with stack.client("coordinator") as client, ThreadPoolExecutor(50) as threads:

        def post(name: str = "Once") -> httpx.Response:
            changed = {**body, "names": {"en": name}}
            headers = {"Idempotency-Key": "fifty-parallel-repetitions"}
            return client.post("/v1/organisations", json=changed, headers=headers)

        answers = list(threads.map(lambda _: post(), range(50)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert {a.json()["code"] for a in answers if a.is_error} <= {"request_in_flight"}
        (made,) = {answer.text for answer in answers if answer.status_code == 201}
        assert post().text == made
        other = post("Other")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    found = query(
        stack.database_urls["profiles"],
        "select count(*) from organisations where name_en in ('Once', 'Other')",
    )
    assert found[0][0] == 1
