"""The supervisor with real PostgreSQL and NATS, and services that are ready at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from deploy.embedded.data_directory import SERVICES, DataDirectory
from deploy.embedded.lock import DirectoryLock
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.processes import is_alive
from deploy.embedded.state import RunningPart, StackState, read_state
from deploy.embedded.status import stack_status
from deploy.embedded.stopping import stop_stack

ROOT = Path(__file__).parents[3]
RUN = """
import sys
from pathlib import Path
from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.failures import StartError
from deploy.embedded.supervisor import Supervisor
try:
    Supervisor(
        DataDirectory.at(Path(sys.argv[1])), host="127.0.0.1", port=0,
        report=lambda part, event: print(part, event, flush=True),
        packages={name: sys.argv[2] for name in ("profiles", "matcher", "gateway")},
    ).run(lambda state: None)
except StartError as error:
    sys.exit(str(error))
"""


T = TypeVar("T")


class Stack:
    """A supervisor in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.directory = DataDirectory.at(root)
        self.process: subprocess.Popen[str] | None = None

    def start(self, package: str = "tests.support.stand_in") -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(self.directory.root), package],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.process

    def ready(self) -> StackState:
        return eventually(self._ready_state)

    def _ready_state(self) -> StackState | None:
        assert self.process
        if self.process.poll() is not None:
            pytest.fail(self.process.communicate()[0])
        state = read_state(self.directory.state_file)
        mine = state and state.parts["supervisor"].pid == self.process.pid
        return state if state and mine and state.ready else None


def eventually(look: Callable[[], T | None], seconds: float = 30) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    pytest.fail("it did not happen in time")


def all_gone(parts: dict[str, RunningPart]) -> bool:
    return not any(is_alive(part) for part in parts.values())


def clear(stack: Stack) -> None:
    if stack.process and stack.process.poll() is None:
        stack.process.kill()
        stack.process.wait()
    stop_stack(stack.directory)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    """Long and Chinese; shared by tests that start anew, since making a database takes longest."""
    root = tmp_path_factory.mktemp("stack") / ("合作数据" * 12) / ("long" * 20)
    return DataDirectory.at(root)


@pytest.fixture
def stack(directory: DataDirectory) -> Iterator[Stack]:
    stack = Stack(directory.root)
    yield stack
    clear(stack)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One stack that several tests hurt in turn; it has to recover from each."""
    stack = Stack(tmp_path_factory.mktemp("running") / "data")
    stack.start()
    stack.ready()
    yield stack
    clear(stack)


def test_every_part_is_ready_and_says_its_version(running: Stack) -> None:
    assert set(running.ready().parts) == {"supervisor", "postgresql", "nats", *SERVICES}
    status = stack_status(running.directory)
    assert status.ready
    assert all(part.version and part.pid and part.address for part in status.parts.values())


def test_a_second_supervisor_on_the_same_data_is_refused(running: Stack) -> None:
    second = Stack(running.directory.root).start()
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "already runs" in output
    assert "Traceback" not in output
    assert stack_status(running.directory).ready


@pytest.mark.parametrize("part", ["matcher", "nats", "postgresql"])
def test_a_killed_part_comes_back(running: Stack, part: str) -> None:
    before = running.ready().parts[part]
    os.kill(before.pid, signal.SIGKILL)

    def back() -> bool | None:
        state = read_state(running.directory.state_file)
        again = state and state.parts.get(part)
        return bool(again and again.pid != before.pid and again.restarts == 1) or None

    eventually(back)
    eventually(lambda: stack_status(running.directory).ready or None)


@pytest.mark.skipif(sys.platform != "linux", reason="NATS is found through the state there")
def test_only_the_database_outlives_a_killed_supervisor_and_the_next_start_and_down_find_it(
    stack: Stack,
) -> None:
    process = stack.start()
    state = stack.ready()
    process.kill()
    process.wait()
    rest = {name: part for name, part in state.parts.items() if name != "postgresql"}
    eventually(lambda: all_gone(rest) or None)
    assert is_alive(state.parts["postgresql"])

    process = stack.start()
    again = stack.ready()
    assert again.parts["postgresql"].pid == state.parts["postgresql"].pid
    process.kill()
    process.wait()
    assert stop_stack(stack.directory)
    assert all_gone(again.parts)
    assert not stop_stack(stack.directory)


def test_a_service_that_cannot_start_shows_the_end_of_its_log(stack: Stack) -> None:
    process = stack.start(package="tests.support.no_such_service")
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "did not start" in output
    assert "No module named" in output
    assert DirectoryLock(stack.directory.lock_file).holder() is None
    assert EmbeddedPostgres(stack.directory.postgres).pid is None


def test_sigterm_stops_everything_and_a_long_chinese_path_is_fine(stack: Stack) -> None:
    process = stack.start()
    try:
        state = stack.ready()
        assert stack_status(stack.directory).ready
    finally:
        process.terminate()
        assert process.wait(30) == 0
    assert all_gone(state.parts)
    assert not stack_status(stack.directory).ready


def test_a_pid_file_that_names_another_program_does_not_pass_for_the_database(
    tmp_path: Path,
) -> None:
    server = EmbeddedPostgres(tmp_path / "pg")
    server.start()
    pid = server.pid
    assert pid
    lines = (tmp_path / "pg" / "postmaster.pid").read_text().splitlines()
    psutil.Process(pid).kill()
    eventually(lambda: server.pid is None or None)
    lines[0] = str(os.getpid())
    (tmp_path / "pg" / "postmaster.pid").write_text("\n".join(lines) + "\n")
    assert server.pid is None
    server.start()
    assert server.pid not in (None, os.getpid())
    server.stop()
