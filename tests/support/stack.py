"""The whole platform as real processes, each of which a test may kill and start again."""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx

from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres
from shared.local_keys import ensure_key_pair, issue_token
from tests.support.ports import free_port

SERVICES = ("profiles", "matcher", "gateway")


class ServiceProcess:
    """One service; its log is kept for the message of a failed start."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.port = int(environment["HEZUO_PORT"])
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"services.{self.name}"],
                env=os.environ | self._environment,
                stdout=log,
                stderr=log,
            )

    def wait_ready(self, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/ready", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process is not None
                if self._process.poll() is not None:
                    break
            time.sleep(0.2)
        raise AssertionError(f"{self.name} is not ready:\n{self.log_tail()}")

    def kill(self) -> None:
        """kill -9."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def terminate(self, seconds: float = 20) -> int:
        """SIGTERM; the exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def log_tail(self, lines: int = 40) -> str:
        return "\n".join(self.log_text().splitlines()[-lines:])

    def log_text(self) -> str:
        return self._log.read_text("utf-8", "replace")


class Stack:
    """PostgreSQL, NATS and the three services over one directory."""

    def __init__(self, directory: Path, postgres: EmbeddedPostgres, **settings: str) -> None:
        self.directory = directory
        self.postgres = postgres
        self.nats = EmbeddedNats(directory / "nats", free_port())
        ensure_key_pair(directory / "keys")
        ports = {name: free_port() for name in SERVICES}
        suffix = secrets.token_hex(4)
        self.database_urls: dict[str, str] = {}
        self.internal_secret = secrets.token_hex(24)
        common = {
            "HEZUO_INTERNAL_SECRET": self.internal_secret,
            "HEZUO_NATS_URL": self.nats.url,
            "HEZUO_PROFILES_URL": f"http://127.0.0.1:{ports['profiles']}",
            "HEZUO_MATCHER_URL": f"http://127.0.0.1:{ports['matcher']}",
            "HEZUO_INDEX_DIRECTORY": str(directory / "index"),
            "HEZUO_JWKS_FILE": str(directory / "keys" / "jwks.json"),
            "HEZUO_PARENT_PID": str(os.getpid()),
            "OMP_WAIT_POLICY": "PASSIVE",
            **settings,
        }
        self.services: dict[str, ServiceProcess] = {}
        for name in SERVICES:
            database = f"stack_{suffix}_{name}"
            postgres.create_database(database)
            self.database_urls[name] = postgres.url(database)
            environment = {
                **common,
                "HEZUO_DATABASE_URL": self.database_urls[name],
                "HEZUO_PORT": str(ports[name]),
            }
            self.services[name] = ServiceProcess(name, environment, directory / f"{name}.log")
        self.url = f"http://127.0.0.1:{ports['gateway']}"

    def start(self) -> None:
        self.nats.start()
        for service in self.services.values():
            service.start()
        for service in self.services.values():
            service.wait_ready()

    def stop(self) -> None:
        for service in self.services.values():
            if service.running():
                service.terminate()
        self.nats.stop()

    def token(self, role: str, organisation: str | None = None) -> str:
        return issue_token(self.directory / "keys", role=role, organisation=organisation)

    def client(self, role: str, organisation: str | None = None) -> httpx.Client:
        """An HTTP client of the gateway that acts in a role."""
        return httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {self.token(role, organisation)}"},
            timeout=60,
        )

    def wait_searchable(self, seconds: float = 60) -> None:
        """Until the bus holds no change that the index lacks."""
        deadline = time.monotonic() + seconds
        with self.client("operator") as operator:
            while time.monotonic() < deadline:
                answer = operator.get("/v1/index")
                if answer.status_code == 200 and answer.json()["pending"] == 0:
                    return
                time.sleep(0.2)
        raise AssertionError("the index did not catch up:\n" + self.services["matcher"].log_tail())
