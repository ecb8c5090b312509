"""Starts the five parts, keeps them running, stops them in order."""

import signal
import threading
import time
from collections.abc import Callable, Mapping

from deploy.embedded.assembly import Assembly, assemble
from deploy.embedded.checks import check_disk, check_path, check_port, check_programs
from deploy.embedded.data_directory import PARTS, SUPERVISOR, DataDirectory
from deploy.embedded.leftovers import end_leftovers
from deploy.embedded.lock import DirectoryLock
from deploy.embedded.log_files import cut_large
from deploy.embedded.starting import Starting
from deploy.embedded.state import StackState, write_state
from deploy.embedded.watch import Report, Watch

_LOOK_SECONDS = 0.2
_LOGS_SECONDS = 10.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Supervisor:
    """One run of the stack over one data directory, in this process's main thread."""

    def __init__(
        self,
        directory: DataDirectory,
        *,
        host: str,
        port: int,
        report: Report,
        packages: Mapping[str, str] | None = None,
    ) -> None:
        self._directory = directory
        self._host = host
        self._port = port
        self._report = report
        self._packages = packages
        self._stopping = threading.Event()

    def run(self, when_ready: Callable[[StackState], None]) -> None:
        """Start, call `when_ready` in a thread, watch until a signal, stop.

        Raises StartError when something stands in the way; nothing is left running then.
        """
        self._directory.make()
        lock = DirectoryLock(self._directory.lock_file)
        if lock.acquire():
            self._report(SUPERVISOR, "the last run ended without cleaning up; mending that")
        previous = {number: signal.signal(number, self._stop) for number in _SIGNALS}
        try:
            self._check()
            self._run_parts(when_ready)
        finally:
            lock.release()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask the run to end."""
        self._stopping.set()

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping.set()

    def _check(self) -> None:
        root = self._directory.root
        check_path(root)
        check_disk(root)
        check_programs()
        if ended := end_leftovers(self._directory, with_postgres=False):
            self._report(SUPERVISOR, f"ended what was left of the last run: {', '.join(ended)}")
        self._directory.state_file.unlink(missing_ok=True)
        check_port(self._host, self._port)

    def _run_parts(self, when_ready: Callable[[StackState], None]) -> None:
        stack = assemble(self._directory, self._host, self._port, self._packages)
        try:
            starting = Starting(stack, self._report, self._stopping, self._write)
            if not starting.run():
                return
            state = self._write(stack, ready=True)
            threading.Thread(target=when_ready, args=(state,), daemon=True).start()
            self._watch(stack)
        finally:
            self._stop_all(stack)
            self._directory.state_file.unlink(missing_ok=True)

    def _watch(self, stack: Assembly) -> None:
        watch = Watch(stack.parts, self._report)
        logs = [self._directory.log_of(part) for part in (*PARTS, SUPERVISOR)]
        look_at_logs = 0.0
        while not self._stopping.wait(_LOOK_SECONDS):
            if time.monotonic() >= look_at_logs:
                look_at_logs = time.monotonic() + _LOGS_SECONDS
                for log in logs:
                    cut_large(log)
            if watch.look():
                stack.restarts = dict(watch.restarts)
                self._write(stack, ready=True)

    def _stop_all(self, stack: Assembly) -> None:
        """Gateway first, so that no accepted request loses what it stands on; database last."""
        self._report(SUPERVISOR, "stopping")
        for service in ("gateway", "matcher", "profiles"):
            if service != "gateway":
                stack.services["profiles"].ask_to_stop()
            stack.services[service].stop()
        stack.nats.stop()
        stack.postgres.stop()
        self._report(SUPERVISOR, "stopped")

    def _write(self, stack: Assembly, *, ready: bool) -> StackState:
        state = stack.state(ready=ready)
        write_state(self._directory.state_file, state)
        return state
