"""`hezuo up`, `status`, `import`, `suggest`, `down` with everything real."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psutil
import pytest

from tests.support.ports import free_port

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]
PARTS = {"postgresql", "nats", "profiles", "matcher", "gateway"}


class Hezuo:
    """The command, on one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments, "--data-dir", str(self.data_dir)],
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
        )

    def json(self, *arguments: str) -> Any:
        done = self(*arguments, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def status(self) -> Any:
        return self.json("status")

    def up(self, *more: str) -> subprocess.CompletedProcess[str]:
        return self("up", "--detach", "--port", str(self.port), *more)


@pytest.fixture(scope="module")
def hezuo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hezuo]:
    command = Hezuo(tmp_path_factory.mktemp("hezuo") / "data")
    yield command
    command("down")


@pytest.fixture(scope="module")
def running(hezuo: Hezuo) -> Hezuo:
    started = hezuo.up("--demo")
    assert started.returncode == 0, started.stderr
    for expected in (f"http://127.0.0.1:{hezuo.port}/docs", "Partners for", "member", "curl"):
        assert expected in started.stdout
    return hezuo


def test_every_part_is_ready_and_says_version_and_address(running: Hezuo) -> None:
    status = running.status()
    assert status["ready"]
    assert set(status["parts"]) == PARTS
    for part in status["parts"].values():
        assert all(part[name] for name in ("ready", "version", "address", "pid"))
    assert httpx.get(f"{status['url']}/openapi.json").json()["openapi"].startswith("3.")


def test_the_demo_is_there_once_and_a_second_import_changes_nothing(running: Hezuo) -> None:
    demo = Path(str(files("data") / "demo.jsonl"))
    again = running.json("import", str(demo))
    rows = len(demo.read_text().splitlines())
    assert (again["counts"]["rows"], again["counts"]["unchanged"]) == (rows, rows)
    assert again["errors"] == []
    assert again["searchable_seconds"] >= again["import_seconds"]


def test_suggestions_and_search_through_the_command(running: Hezuo) -> None:
    first = running.json("organisations", "list", "--limit", "1")["items"][0]["id"]
    assert running.json("suggest", first)["items"]
    assert running.json("search", "近眼显示的光学设计", "--side", "need")["items"]
    unknown = running("suggest", "nobody")
    assert unknown.returncode == 1
    assert "nobody" in unknown.stderr
    assert "Traceback" not in unknown.stderr


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("call-grotto.json", {"demo-yunzhou-grotto", "demo-guanlan-spectral"}),
        ("call-hand-rehabilitation.json", {"demo-puyuan-rehab-hospital", "demo-kinetra-vr"}),
    ],
)
def test_a_call_in_either_language_gets_a_team(
    running: Hezuo, call: str, expected: set[str]
) -> None:
    answer = running.json("consortium", str(files("data") / call))
    assert answer["feasible"]
    best = answer["proposals"][0]
    assert expected <= {member["partner"]["id"] for member in best["members"]}
    musts = [one["must_have"] for one in answer["requirements"]]
    covered = [row["covered_by"] is not None for row in best["matrix"]]
    assert all(there for there, must in zip(covered, musts, strict=True) if must)
    assert running("consortium", str(files("data") / call)).stdout


def test_a_call_that_cannot_be_read_is_told_by_its_field(running: Hezuo, tmp_path: Path) -> None:
    call = {"title": "x", "requirements": [{"id": "a", "text": "1"}], "limits": {"most": 3}}
    (tmp_path / "call.json").write_text(json.dumps(call))
    refused = running("consortium", str(tmp_path / "call.json"))
    assert refused.returncode == 1
    assert "requirements.0.text" in refused.stderr
    assert "limits.most" in refused.stderr


def test_the_command_says_why_one_is_not_suggested(running: Hezuo) -> None:
    asker = "demo-beichen-graphics"
    listed = json.loads(running("suggest", asker, "--limit", "2", "--json").stdout)["items"]
    first = listed[0]["partner"]["id"]
    told = json.loads(running("suggest", asker, "--why-not", first, "--json").stdout)
    assert (told["listed"], told["rank"]) == (True, 1)
    assert "(same_organisation)" in running("suggest", asker, "--why-not", asker).stdout
    unknown = running("suggest", asker, "--why-not", "nobody-of-that-name")
    assert unknown.returncode == 1
    assert "nobody-of-that-name" in unknown.stderr


def test_a_second_start_on_the_same_data_is_refused(running: Hezuo) -> None:
    refused = running.up()
    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    assert "hezuo down" in refused.stderr


def test_a_port_in_use_names_another(tmp_path: Path) -> None:
    other = Hezuo(tmp_path / "data")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", other.port))
        taken.listen()
        refused = other.up()
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    assert "--port" in refused.stderr


def test_a_killed_matcher_comes_back(running: Hezuo) -> None:
    before = running.status()["parts"]["matcher"]["pid"]
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        status = running.status()
        if status["ready"] and status["parts"]["matcher"]["pid"] != before:
            return
        time.sleep(0.5)
    pytest.fail(json.dumps(running.status(), indent=2))


def test_down_leaves_no_process_and_the_next_start_has_all_data(running: Hezuo) -> None:
    pids = [part["pid"] for part in running.status()["parts"].values()]
    assert running("down").returncode == 0
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    assert running("status").returncode == 1
    assert running.up().returncode == 0
    assert running.json("organisations", "list", "--limit", "1")["items"]
    assert running.json("reconcile")["mended"] == 0
