from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import BaseModel

from shared.errors import ProblemError
from shared.runtime import install_common


class Thing(BaseModel):
    size: int


def make_app() -> FastAPI:
    app = FastAPI()
    install_common(app, body_limit=100, body_limits={r"^/big": 1000})

    @app.post("/things")
    async def things(thing: Thing) -> dict[str, int]:
        return {"size": thing.size}

    @app.post("/big")
    async def big(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @app.get("/missing")
    async def missing() -> None:
        raise ProblemError("not_found", what="thing", id="7")

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret")

    return app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(make_app(), raise_server_exceptions=False) as client:
        yield client


def test_a_business_error_is_a_problem_in_the_readers_language(client: TestClient) -> None:
    answer = client.get("/missing", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "not_found"
    assert "未找到" in problem["title"]
    assert problem["request_id"] == answer.headers["x-request-id"]


def test_an_unexpected_error_says_nothing_of_its_inside(client: TestClient) -> None:
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["code"] == "internal"


def test_a_bad_field_is_named(client: TestClient) -> None:
    answer = client.post("/things", json={"size": "large"})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "size"
    assert "large" not in answer.text


def test_broken_json_is_told_from_bad_fields(client: TestClient) -> None:
    answer = client.post("/things", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


def test_a_declared_body_over_the_limit_is_refused(client: TestClient) -> None:
    answer = client.post("/things", content=b"x" * 101)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_streamed_body_over_the_limit_is_refused(client: TestClient) -> None:
    answer = client.post("/things", content=(b"x" * 60 for _ in range(2)))
    assert answer.status_code == 413


def test_some_paths_may_take_more(client: TestClient) -> None:
    assert client.post("/big", content=b"x" * 500).json() == {"bytes": 500}
    assert client.post("/big", content=b"x" * 1500).status_code == 413


def test_an_unknown_route_is_a_problem(client: TestClient) -> None:
    assert client.get("/nowhere").json()["code"] == "not_found"
    assert client.delete("/things").json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "offered", ["short", "has space in it", "x" * 65, "ok\u00e9id12345".encode().hex() * 5]
)
def test_an_odd_request_id_is_replaced(client: TestClient, offered: str) -> None:
    assert (
        client.get("/missing", headers={"X-Request-Id": offered}).headers["x-request-id"] != offered
    )


def test_a_good_request_id_is_kept(client: TestClient) -> None:
    answer = client.get("/missing", headers={"X-Request-Id": "abc-12345678"})
    assert answer.headers["x-request-id"] == "abc-12345678"
