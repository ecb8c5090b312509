"""Starting the supervisor as a process of its own, and waiting until everything is ready."""

import subprocess
import sys
import time

from deploy.embedded.data_directory import SUPERVISOR, DataDirectory
from deploy.embedded.failures import StartError
from deploy.embedded.lock import DirectoryLock
from deploy.embedded.log_files import last_lines, rotate
from deploy.embedded.state import StackState, read_state
from deploy.embedded.watch import Report

_POLL_SECONDS = 0.1
_WAIT_SECONDS = 300.0


def start_detached(directory: DataDirectory, *, host: str, port: int, report: Report) -> StackState:
    """The state once all is ready. Raises StartError with what the supervisor has said."""
    directory.make()
    DirectoryLock(directory.lock_file).refuse_if_held()
    log = directory.log_of(SUPERVISOR)
    rotate(log)
    command = [sys.executable, "-P", "-m", "deploy.embedded"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, str(directory.root), host, str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return _wait(process, directory, report)


def _wait(process: subprocess.Popen[bytes], directory: DataDirectory, report: Report) -> StackState:
    try:
        state = _ready_state(process, directory, report)
    except KeyboardInterrupt:
        # Whoever gives the start up does not want half of it to go on.
        report(SUPERVISOR, "stopping")
        _end(process)
        raise
    if state:
        return state
    _end(process)
    log = directory.log_of(SUPERVISOR)
    raise StartError(last_lines(log, 40) or "The supervisor ended.", f"The whole log: {log}")


def _ready_state(
    process: subprocess.Popen[bytes], directory: DataDirectory, report: Report
) -> StackState | None:
    """None where the supervisor has ended, or takes too long."""
    told: set[str] = set()
    deadline = time.monotonic() + _WAIT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        state = read_state(directory.state_file)
        if state and state.parts.get(SUPERVISOR) and state.parts[SUPERVISOR].pid == process.pid:
            told = _tell(state, told, report)
            if state.ready:
                return state
        time.sleep(_POLL_SECONDS)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def _tell(state: StackState, told: set[str], report: Report) -> set[str]:
    ready = {name for name, part in state.parts.items() if part.version and name != SUPERVISOR}
    for name in sorted(ready - told):
        report(name, "ready")
    return told | ready
