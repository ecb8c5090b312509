"""`hezuo calls`, over a gateway that answers as ours does."""

from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from typer.testing import CliRunner

import cli.commands.calls as calls
from cli.gateway import Gateway

REPORT = {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, "dry_run": True}
PROBLEM = {"line": 2, "reference": None, "field": "title", "problem": "missing", "mend": "add it"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Request]:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        if request.method == "POST":
            return httpx.Response(200, json={**REPORT, "problems": [PROBLEM]})
        return httpx.Response(200, json={"items": [], "next_cursor": None})

    gateway = Gateway("http://gateway", "k", transport=httpx.MockTransport(answer))

    def connected(*_: Any, **__: Any) -> Gateway:
        return gateway

    monkeypatch.setattr(calls, "connect", connected)
    return requests


def test_an_import_is_told_row_by_row(asked: list[httpx.Request], tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("title\nA\n\n")
    told = CliRunner().invoke(calls.commands, ["import", str(file), "--dry-run", "--strict"])
    assert told.exit_code == 2
    assert "created 1" in told.stdout
    assert "line 2, title: missing → add it" in told.stderr
    assert asked[0].content == file.read_bytes()
    assert asked[0].url.params["dry_run"] == "true"


def test_an_empty_list_says_so(asked: list[httpx.Request]) -> None:
    told = CliRunner().invoke(calls.commands, ["list", "--state", "open"])
    assert (told.exit_code, told.stdout.strip()) == (0, "There are no such calls.")
    assert asked[0].url.params["state"] == "open"
