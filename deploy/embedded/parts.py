"""The five processes of the stack behind one interface."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres

_STOP_SECONDS = 15.0


_THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Threads that wait do not spin. The arrays are small: with two threads on a busy machine one
product of 230 x 384 x 230 took 28 ms now and then instead of 0.5."""


class Part(Protocol):
    """Something the supervisor starts, watches and stops."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def pid(self) -> int | None:
        """None when it does not run."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class PostgresPart:
    """The database server."""

    name = "postgresql"

    def __init__(self, directory: Path) -> None:
        self.server = EmbeddedPostgres(directory)

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def pid(self) -> int | None:
        return self.server.pid

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        self.server.stop()


class NatsPart:
    """The bus."""

    name = "nats"

    def __init__(self, directory: Path, port: int) -> None:
        self.server = EmbeddedNats(directory, port)

    @property
    def address(self) -> str:
        return self.server.url

    @property
    def pid(self) -> int | None:
        return self.server.pid

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        self.server.stop()


class ServicePart:
    """One of our services, in a process group of its own."""

    def __init__(self, name: str, package: str, address: str, log: Path) -> None:
        self.name = name
        self.address = address
        self.settings: Mapping[str, str] | None = None
        self._package = package
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start importing; with the settings known, also run."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "deploy.embedded.service_launcher", self._package],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, **_THREADS, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )
        if self.settings is not None:
            self.run(self.settings)

    def run(self, settings: Mapping[str, str]) -> None:
        """Let the imported service go with its HEZUO_* environment."""
        self.settings = settings
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps(dict(settings)).encode() + b"\n")
            self._process.stdin.close()
        except BrokenPipeError:
            return  # it has ended already; the watch sees that

    def ask_to_stop(self) -> None:
        """SIGTERM: finish accepted requests and go."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGTERM)

    def stop(self) -> None:
        """Ask, wait, and insist with its whole process group."""
        if self._process is None:
            return
        self.ask_to_stop()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
