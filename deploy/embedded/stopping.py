"""Stopping a stack from outside: what `hezuo down` does."""

import contextlib
import os
import signal
import time

import psutil

from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.failures import StartError
from deploy.embedded.leftovers import end_leftovers
from deploy.embedded.lock import DirectoryLock

_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.1


def stop_stack(directory: DataDirectory) -> bool:
    """Ask the supervisor to stop everything, then end what a dead one has left.

    False when nothing ran. Raises StartError when the supervisor does not end.
    """
    lock = DirectoryLock(directory.lock_file)
    supervisor = lock.holder()
    if supervisor is not None:
        _ask(supervisor)
        deadline = time.monotonic() + _WAIT_SECONDS
        while lock.holder() == supervisor:
            if time.monotonic() > deadline:
                raise StartError(
                    f"The supervisor (process {supervisor}) does not end.",
                    f"End it with `kill -9 {supervisor}`, then run `hezuo down` again.",
                )
            time.sleep(_POLL_SECONDS)
        _wait_for_exit(supervisor)
    ended = end_leftovers(directory, with_postgres=True)
    directory.state_file.unlink(missing_ok=True)
    return supervisor is not None or bool(ended)


def _wait_for_exit(pid: int) -> None:
    """It gives the lock back last, and ends a moment later."""
    with contextlib.suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
        psutil.Process(pid).wait(5)


def _ask(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise StartError(
            f"Process {pid} belongs to another user.", "Run `hezuo down` as that user."
        ) from error
