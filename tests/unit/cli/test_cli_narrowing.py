"""Options that narrow lists, page through them, and tell that there is more."""

import json
from typing import Any

import httpx2 as httpx
import pytest
from typer.testing import CliRunner

from cli.commands import deadletters, organisations, search, suggest
from cli.gateway import Gateway
from cli.importing import run_import
from cli.main import cli
from cli.options import Format

FILTER = {"kind": "enterprise", "country": "CN", "province": "320000", "field": "xr-display"}
NARROWED = [word for name, value in FILTER.items() for word in (f"--{name}", value)]
PAGE = {"items": [], "next_cursor": None}


class WrittenDown:
    """A gateway's transport that answers by method and path, and remembers what was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = answers
        self.asked: list[httpx.Request] = []

    def gateway(self, *_: object, **__: object) -> Gateway:
        return Gateway("http://gateway", "", transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(200, json=self.answers.get(request.url.path, PAGE))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> WrittenDown:
    answers = WrittenDown()
    for module in (deadletters, organisations, search, suggest):
        monkeypatch.setattr(module, "connect", answers.gateway)
    return answers


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_suggestions_are_narrowed_and_gone_on_with(written: WrittenDown) -> None:
    run("suggest", "lab", *NARROWED, "--minimum-score", "0.5", "--cursor", "abc")
    asked = dict(written.asked[0].url.params)
    assert FILTER.items() <= asked.items()
    assert (asked["minimum_score"], asked["cursor"]) == ("0.5", "abc")


def test_a_search_is_narrowed(written: WrittenDown) -> None:
    run("search", "gloves", *NARROWED, "--minimum-score", "0.5")
    assert json.loads(written.asked[0].content)["filter"] == {**FILTER, "minimum_score": 0.5}


def test_organisations_are_narrowed(written: WrittenDown) -> None:
    since = "2026-01-31T08:00:00Z"
    run("organisations", "list", *NARROWED, "--updated-since", since, "--status", "withdrawn")
    asked = dict(written.asked[0].url.params)
    assert {**FILTER, "updated_since": since, "status": "withdrawn"}.items() <= asked.items()


def letter(number: int) -> dict[str, Any]:
    named = {"id": number, "organisation_id": None, "version": None}
    return {**named, "reason": "r", "created_at": "2026-11-01T09:00:00Z"}


def test_more_dead_letters_than_a_page_are_listed(written: WrittenDown) -> None:
    written.answers["/v1/dead-letters"] = {
        "items": [letter(number) for number in range(200)],
        "next_cursor": "more",
    }
    listed = json.loads(run("deadletters", "list", "--limit", "300", "--json"))
    assert len(listed["items"]) == 300
    assert [request.url.params["limit"] for request in written.asked] == ["200", "200"]


def test_one_dead_letter_is_replayed_or_dismissed(written: WrittenDown) -> None:
    written.answers["/v1/dead-letters/7/replay"] = {"replayed": 1}
    run("deadletters", "replay", "7")
    run("deadletters", "dismiss", "7")
    assert [(one.method, one.url.path) for one in written.asked] == [
        ("POST", "/v1/dead-letters/7/replay"),
        ("DELETE", "/v1/dead-letters/7"),
    ]


class Nothing:
    """An empty file to import."""

    name, position, size = "rows.jsonl", 0, 0

    def pieces(self) -> list[bytes]:
        return []


def test_an_import_says_that_it_tells_only_the_first_problems() -> None:
    job = {"id": "j", "status": "done", "format": "jsonl", "dry_run": True, "rows_expected": 1}
    problem = {"line": 1, "field": "kind", "problem": "p", "mend": "m"}
    answers = {
        "/v1/imports": {**job, "counts": {"rows": 1001, "rejected": 1001}},
        "/v1/imports/j/problems": {"items": [problem] * 600, "next_cursor": "more"},
    }
    gateway = WrittenDown(**answers).gateway()
    result = run_import(gateway, Nothing(), Format.JSONL, dry_run=True)  # type: ignore[arg-type]
    assert len(result.errors) == 1000
    assert result.as_json()["more_errors"] is True
