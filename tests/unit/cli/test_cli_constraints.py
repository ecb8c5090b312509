"""`hezuo constraints` against answers that were written down."""

from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.commands import constraints
from cli.main import cli

APART = "/v1/organisations/lab/pair-constraints"
ONE = {
    "organisation": "lab",
    "other": "maker",
    "kind": "never_again",
    "reason": "as agreed",
    "until": None,
    "set_by": "chen",
    "set_at": "2026-11-01T09:00:00Z",
    "active": True,
}


class WrittenDown:
    """Stands for the gateway."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, object]] = []

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        self.asked.append(("GET", path, None))
        return iter([ONE])

    def request(self, method: str, path: str, json: object = None) -> Any:
        self.asked.append((method, path, json))
        return ONE


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> WrittenDown:
    found = WrittenDown()
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(constraints, "connect", lambda *_, **__: found)
    return found


def test_they_are_listed(gateway: WrittenDown) -> None:
    done = CliRunner().invoke(cli, ["constraints", "list", "lab"])
    assert gateway.asked == [("GET", APART, None)]
    row = next(line for line in done.output.splitlines() if "maker" in line)
    assert row.split()[:4] == ["maker", "never_again", "for", "good"]


def test_one_is_set_and_taken_away(gateway: WrittenDown) -> None:
    command = ["constraints", "add", "lab", "maker", "--kind", "conflict_of_interest"]
    CliRunner().invoke(cli, [*command, "--until", "2027-12-31"])
    done = CliRunner().invoke(cli, ["constraints", "remove", "lab", "maker"])
    assert gateway.asked == [
        ("PUT", f"{APART}/maker/conflict_of_interest", {"until": "2027-12-31"}),
        ("DELETE", f"{APART}/maker/never_again", None),
    ]
    assert "may be suggested to each other again" in done.output
