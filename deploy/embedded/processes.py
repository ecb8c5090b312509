"""Finding and ending processes by pid and creation time, never by name."""

import os
import signal

import psutil

from deploy.embedded.state import RunningPart

_SAME_START_SECONDS = 2.0


def created_at(pid: int) -> float:
    """When a process began, in seconds since the epoch; 0.0 when it is gone."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0


def is_alive(part: RunningPart) -> bool:
    """Whether that very process still runs (a zombie does not)."""
    try:
        process = psutil.Process(part.pid)
        same = abs(process.create_time() - part.created) < _SAME_START_SECONDS
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(part: RunningPart, *, seconds: float) -> None:
    """SIGTERM, wait, then SIGKILL."""
    if not is_alive(part):
        return
    process = psutil.Process(part.pid)
    try:
        os.kill(part.pid, signal.SIGTERM)
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(5)
    except (ProcessLookupError, psutil.NoSuchProcess):
        return
