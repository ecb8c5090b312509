import httpx2 as httpx
import pytest

from cli.failures import CommandError
from cli.gateway import Gateway
from cli.language import terminal_language

PROBLEM = {
    "type": "about:blank",
    "title": "Not accepted",
    "status": 422,
    "detail": "Some fields cannot be accepted.",
    "code": "invalid_request",
    "request_id": "r1",
    "fields": [{"field": "names", "problem": "is missing", "mend": "add it"}],
}


def gateway(answer: httpx.Response, seen: list[httpx.Request] | None = None) -> Gateway:
    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return answer

    return Gateway("http://gateway", "a.b.c", transport=httpx.MockTransport(handle))


def test_a_problem_is_told_with_its_fields_and_mends() -> None:
    with pytest.raises(CommandError) as told:
        gateway(httpx.Response(422, json=PROBLEM)).get("/v1/x")
    assert str(told.value).splitlines() == [
        "Some fields cannot be accepted.",
        "  names: is missing → add it",
        "  (invalid_request, request r1)",
    ]


def test_an_answer_that_is_no_problem_document_is_told_by_its_status() -> None:
    with pytest.raises(CommandError, match="502 Bad Gateway"):
        gateway(httpx.Response(502, text="<html>")).get("/v1/x")


def test_a_gateway_that_is_away_is_told_without_a_traceback() -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    client = Gateway("http://gateway", "a.b.c", transport=httpx.MockTransport(away))
    with pytest.raises(CommandError, match="does not answer"):
        client.get("/v1/x")


@pytest.mark.parametrize(
    ("token", "header"), [("a.b.c", "authorization"), ("hz_12345678_secret", "x-api-key")]
)
def test_a_token_and_an_api_key_go_into_their_headers(token: str, header: str) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    Gateway("http://gateway", token, transport=httpx.MockTransport(handle)).get("/v1/x")
    assert token in seen[0].headers[header]


def test_the_terminals_language_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    seen: list[httpx.Request] = []
    gateway(httpx.Response(200, json={}), seen).get("/v1/x", {"a": None, "b": 1})
    assert seen[0].headers["accept-language"] == "zh"
    assert str(seen[0].url) == "http://gateway/v1/x?b=1"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_follows_the_posix_order(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language


def test_pages_are_followed_to_the_last() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        last = request.url.params.get("cursor") == "2"
        page = {"items": [{"id": 2}]} if last else {"items": [{"id": 1}], "next_cursor": "2"}
        return httpx.Response(200, json=page)

    client = Gateway("http://gateway", "a.b.c", transport=httpx.MockTransport(handle))
    assert [item["id"] for item in client.pages("/v1/x")] == [1, 2]
