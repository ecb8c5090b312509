"""`hezuo learn` against a gateway that answers what was written down."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import cli

RUN: dict[str, Any] = {
    "id": 7,
    "started_by": "o",
    "created_at": "2026-11-24T03:00:00Z",
    "accepted": True,
    "live": True,
    "report": {
        "records": 260,
        "examples": 240,
        "left_out": 20,
        "held_out": 60,
        "figures": [
            {
                "name": "live",
                "log_loss": 0.69314,
                "auc": 0.5,
                "calibration_error": 0.1,
                "golden_mrr": 0.54213,
                "golden_first": 0.4,
            },
            {
                "name": "learned",
                "log_loss": 0.41,
                "auc": 0.875,
                "calibration_error": 0.05,
                "golden_mrr": None,
                "golden_first": None,
            },
        ],
        "weights": [
            {"name": "same_province", "change": 1.25},
            {"name": "popularity", "change": -0.5},
        ],
        "calibration": "platt",
        "why_not": [],
    },
}
REFUSED = RUN | {
    "accepted": False,
    "live": False,
    "report": RUN["report"]
    | {"why_not": ["AUC falls from 0.8000 to 0.7000", "golden set: R@1 falls from 0.4000 to 0.3"]},
}
TOO_FEW = REFUSED | {
    "report": RUN["report"]
    | {"figures": [], "weights": [], "why_not": ["too few decisions that teach"]}
}


class WrittenGateway(HTTPServer):
    """Gives one answer, and notes what was asked."""

    answer: Any = RUN
    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []

    def learn(self, *options: str) -> tuple[int, str]:
        """Exit code and all that is shown."""
        url = f"http://127.0.0.1:{self.server_port}"
        done = CliRunner().invoke(cli, ["learn", "--url", url, "--token", "k", *options])
        return done.exit_code, done.output


class _Handler(BaseHTTPRequestHandler):
    server: WrittenGateway

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[WrittenGateway]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "120")
    with WrittenGateway() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_run_is_told_with_its_figures_and_weights(gateway: WrittenGateway) -> None:
    code, told = gateway.learn()
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert code == 0
    assert gateway.asked == ["/v1/learning-runs"]
    assert lines[0] == "Run 7: 240 of 260 records teach, 60 of them held out."
    assert any("golden MRR golden R@1" in line for line in lines)
    assert "live 0.6931 0.5000 0.1000 0.5421 0.4000" in lines
    assert "learned 0.4100 0.8750 0.0500 - -" in lines, "a figure that is not there is a dash"
    assert "same_province: +1.250" in lines
    assert "popularity: -0.500" in lines
    assert lines[-1] == "It is live (calibration: platt)."


def test_each_reason_against_it_is_told(gateway: WrittenGateway) -> None:
    gateway.answer = REFUSED
    code, told = gateway.learn()
    assert code == 0
    assert "It is live" not in told
    assert "Not live: AUC falls from 0.8000 to 0.7000." in told
    assert "Not live: golden set: R@1 falls" in told


def test_without_figures_there_is_no_table(gateway: WrittenGateway) -> None:
    gateway.answer = TOO_FEW
    told = gateway.learn()[1]
    assert "log loss" not in told
    assert told.splitlines()[-1] == "Not live: too few decisions that teach."


def test_as_json_the_answer_is_given_as_it_came(gateway: WrittenGateway) -> None:
    assert json.loads(gateway.learn("--json")[1]) == RUN


def test_a_rollback_says_what_answers(gateway: WrittenGateway) -> None:
    gateway.answer, gateway.status = {"version": "hand-set"}, 200
    assert gateway.learn("--rollback") == (0, "hand-set answers now\n")
    assert gateway.asked == ["/v1/learning-runs/rollback"]


def test_a_refusal_is_no_success(gateway: WrittenGateway) -> None:
    gateway.answer, gateway.status = {"detail": "the hand-set ranking is live already"}, 409
    code, _ = gateway.learn("--rollback")
    assert code != 0


def test_runs_are_listed_with_why_they_are_not_live(
    gateway: WrittenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    gateway.answer = {"items": [REFUSED | {"id": 8}, RUN], "next_cursor": None}
    code, shown = gateway.learn("--list")
    assert code == 0
    assert gateway.asked == ["/v1/learning-runs?limit=50"]
    refused, live = (line for line in shown.splitlines() if " o " in line)
    assert "AUC falls from 0.8000 to 0.7000" in refused
    assert " yes " in live


def test_rankings_are_judged_off_line(gateway: WrittenGateway) -> None:
    interest = {"value": 0.25, "low": 0.1, "high": 0.5}
    estimate = {"name": "live", "ips": interest, "snips": interest, "covered": 0.98}
    report = {"version": "learned-7", "since": "2026-08-01", "places": 70, "explored": 9}
    gateway.answer = report | {"interested": 4, "estimates": [estimate]}
    code, shown = gateway.learn("--off-line")
    assert code == 0
    assert gateway.asked == ["/v1/off-line-evaluation"]
    assert "0.250 (0.100 to 0.500)" in shown
    gateway.answer = report | {"interested": 0, "estimates": []}
    assert "Nothing can be judged yet" in gateway.learn("--off-line")[1]
