"""`hezuo matches` and `hezuo audit` against answers that were written down."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.commands import audit, matches
from cli.main import cli

SIDE = {"answer": "pending", "reasons": [], "receives": None, "names": None}
QUOTE = {"text": "aligns waveguides"}
MATCH: dict[str, Any] = {
    "id": "0" * 32,
    "version": 4,
    "state": "asked",
    "score": 0.71,
    "outcome": None,
    "since": "2026-11-01T09:00:00Z",
    "assignee": "ana",
    "flags": ["at_capacity"],
    "organisations": [{**SIDE, "id": "lab", "names": {"zh": "实验室"}}, {**SIDE, "id": "maker"}],
    "sides": [
        {
            **SIDE,
            "id": "lab",
            "receives": {"answers": [{"score": 0.9, "need": {"text": None}, "capability": QUOTE}]},
        },
        {**SIDE, "id": "maker", "answer": "declined", "reasons": ["capacity"]},
    ],
    "history": [{"at": "2026-11-01T09:00:00Z", "change": "approved", "by": "ana", "reasons": []}],
    "allowed": ["respond"],
}
TRAIL = {
    "intact": False,
    "entries": 8,
    "head": "8:" + "a" * 64,
    "findings": [
        {"seq": 3, "problem": "edited", "until": None},
        {"seq": 5, "problem": "missing", "until": 6},
    ],
}


class WrittenDown:
    """Stands for the gateway."""

    def __init__(self, answers: dict[tuple[str, str], Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    def get(self, path: str, params: dict[str, Any] | None = None) -> Any:
        return self.request("GET", path, params=params)

    def request(self, method: str, path: str, **more: Any) -> Any:
        self.asked.append((method, path, more))
        return self.answers[method, path]


def run(
    monkeypatch: pytest.MonkeyPatch, answers: dict[tuple[str, str], Any], *command: str
) -> tuple[WrittenDown, Any]:
    gateway = WrittenDown(answers)
    monkeypatch.setenv("COLUMNS", "200")
    for module in (matches, audit):
        monkeypatch.setattr(module, "connect", lambda *_, **__: gateway)
    return gateway, CliRunner().invoke(cli, command)


INTACT = {**TRAIL, "intact": True, "findings": []}
CLEAN = {"intact": True, "entries": 2, "broken_at": None, "problem": None}


def verified(matches_trail: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """All three trails, the other two as they were written."""
    return {
        ("GET", "/v1/audit/verification"): matches_trail,
        ("GET", "/v1/account-audit/verification"): INTACT,
        ("GET", "/v1/screening-audit/verification"): CLEAN,
    }


def test_the_queue_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"items": [MATCH], "next_cursor": None}
    answers = {("GET", "/v1/matches"): page}
    gateway, done = run(monkeypatch, answers, "matches", "list", "--state", "asked")
    assert gateway.asked[0][2]["params"]["state"] == "asked"
    row = next(line for line in done.output.splitlines() if line.strip().startswith("000"))
    assert row.split()[1:5] == ["asked", "0.71", "实验室", "maker"]


def test_a_decision_is_made_on_the_version_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/v1/matches/{MATCH['id']}"
    answers = {("GET", path): MATCH, ("POST", f"{path}/decision"): MATCH}
    command = ("matches", "decide", MATCH["id"], "reject", "--reason", "policy")
    gateway, done = run(monkeypatch, answers, *command)
    sent = gateway.asked[1][2]
    assert sent["headers"] == {"If-Match": '"4"'}
    assert sent["json"] == {"decision": "reject", "reasons": ["policy"], "text": None}
    assert "0.90  —  ←  aligns waveguides" in done.output
    assert "maker: declined [capacity]" in done.output
    assert "→ respond" in done.output


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("C.UTF-8", ["entry 3 was edited", "entry 5-6 is missing"]),
        ("zh_CN.UTF-8", ["第 3 条记录被修改过", "第 5-6 条记录缺失"]),
    ],
)
def test_a_trail_that_was_changed_is_no_success(
    monkeypatch: pytest.MonkeyPatch, language: str, told: list[str]
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    _, done = run(monkeypatch, verified(TRAIL), "audit", "verify")
    assert done.exit_code != 0
    assert done.output.splitlines()[1:3] == told
    assert TRAIL["head"] in done.output


def test_an_intact_trail_gives_its_head_to_be_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    found = {**TRAIL, "intact": True, "findings": []}
    answers = verified(found)
    gateway, done = run(monkeypatch, answers, "audit", "verify", "--anchor", "2:b")
    assert (done.exit_code, done.output.splitlines()[1]) == (0, "8 entries, intact.")
    assert gateway.asked[0][2]["params"] == {"anchor": "2:b"}
    _, done = run(monkeypatch, answers, "audit", "verify", "--json")
    assert json.loads(done.output) == {"matches": found, "accounts": INTACT, "screening": CLEAN}


@pytest.mark.parametrize("trail", ["account-audit", "screening-audit"])
def test_a_fault_in_any_trail_is_no_success(monkeypatch: pytest.MonkeyPatch, trail: str) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    fault = {"intact": False, "entries": 8, "broken_at": 3, "problem": "entry 3 was changed"}
    answers = verified(INTACT) | {
        ("GET", f"/v1/{trail}/verification"): fault if trail == "screening-audit" else TRAIL
    }
    _, done = run(monkeypatch, answers, "audit", "verify")
    assert done.exit_code != 0
    assert "entry 3 was edited" in done.output
