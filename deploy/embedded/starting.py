"""The start: servers and imports side by side, then the services, until all are ready."""

import threading
import time
from collections.abc import Callable

from deploy.embedded.assembly import Assembly, database_of
from deploy.embedded.data_directory import SERVICES
from deploy.embedded.failures import StartError
from deploy.embedded.log_files import readable_tail
from deploy.embedded.parts import ServicePart
from deploy.embedded.probes import probe
from deploy.embedded.state import StackState
from deploy.embedded.watch import Report

_POLL_SECONDS = 0.1
_WAIT_SECONDS = 240.0
_MOST_CRASHES = 3


class Starting:
    """One start; ends with everything ready, with a signal, or with a StartError."""

    def __init__(
        self,
        stack: Assembly,
        report: Report,
        stopping: threading.Event,
        write: Callable[..., StackState],
    ) -> None:
        self._stack = stack
        self._report = report
        self._stopping = stopping
        self._write = write
        self._crashes = dict.fromkeys(SERVICES, 0)

    def run(self) -> bool:
        """False when a signal came first."""
        # The matcher's imports take longest by far: the others' come when the servers are up.
        self._stack.services["matcher"].start()
        self._start_servers()
        if self._stopping.is_set():
            return False
        for name in ("profiles", "gateway"):
            self._stack.services[name].start()
        self._stack.let_services_go()
        self._write(self._stack, ready=False)
        return self._wait_for_services()

    def _start_servers(self) -> None:
        """NATS in this thread: it would end with the thread that has started it."""
        failures: list[Exception] = []
        database = threading.Thread(target=self._start_postgres, args=(failures,))
        database.start()
        try:
            self._stack.nats.start()
            self._found_ready("nats")
        except (RuntimeError, OSError) as error:
            failures.append(self._failure("nats", error))
        database.join()
        if failures:
            raise failures[0]

    def _start_postgres(self, failures: list[Exception]) -> None:
        try:
            self._stack.postgres.start()
            for service in SERVICES:
                self._stack.postgres.server.create_database(database_of(service))
            self._found_ready("postgresql")
        except Exception as error:
            failures.append(self._failure("postgresql", error))

    def _wait_for_services(self) -> bool:
        waiting = list(SERVICES)
        deadline = time.monotonic() + _WAIT_SECONDS
        while waiting and not self._stopping.wait(_POLL_SECONDS):
            for name in waiting:
                self._revive(self._stack.services[name])
            # None is ready before those that it stands on: asking the first is enough.
            while waiting and self._found_ready(waiting[0]):
                waiting.pop(0)
                self._write(self._stack, ready=False)
            if not waiting:
                break
            if time.monotonic() > deadline:
                raise self._too_slow(waiting[0])
        return not waiting

    def _revive(self, service: ServicePart) -> None:
        if service.pid is not None:
            return
        self._crashes[service.name] += 1
        if self._crashes[service.name] >= _MOST_CRASHES:
            raise self._failure(service.name, RuntimeError(f"exit code {service.exit_code}"))
        self._report(service.name, "has stopped during its start; once more")
        service.start()

    def _found_ready(self, name: str) -> bool:
        part = next(part for part in self._stack.parts if part.name == name)
        answer = probe(name, part.address)
        if answer.ready:
            self._stack.versions[name] = answer.version
            self._report(name, "ready")
        return answer.ready

    def _too_slow(self, name: str) -> StartError:
        waits_for = probe(name, self._stack.services[name].address).detail or "itself"
        late = f"not ready in {_WAIT_SECONDS:.0f} s; it waits for {waits_for}"
        return self._failure(name, TimeoutError(late))

    def _failure(self, part: str, error: Exception) -> StartError:
        log = self._stack.directory.log_of(part)
        return StartError(
            f"{part} did not start ({error}). The end of its log:\n{readable_tail(log)}",
            f"The whole log: {log}",
        )
