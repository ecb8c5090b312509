"""The platform as an operator starts it, for the time of a benchmark."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psutil

from deploy.embedded.assembly import database_of
from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.postgres import EmbeddedPostgres

_HEZUO = Path(sys.executable).parent / "hezuo"


class RunningPlatform:
    """Starts, asks and stops through the `hezuo` command alone."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def up(self) -> float:
        """Start; seconds until every part is ready."""
        started = time.perf_counter()
        self._hezuo("up", "--detach", "--no-demo", "--port", str(self._port))
        return time.perf_counter() - started

    def down(self) -> None:
        """Stop everything."""
        self._hezuo("down")

    def import_file(self, file: Path, *options: str) -> dict[str, Any]:
        """The import's counts and seconds."""
        answer: dict[str, Any] = json.loads(self._hezuo("import", str(file), "--json", *options))
        return answer

    def client(self, role: str = "coordinator") -> httpx.Client:
        """An HTTP client of the gateway."""
        return httpx.Client(base_url=self.url, headers=self._bearer(role), timeout=60)

    def async_client(self, role: str = "coordinator") -> httpx.AsyncClient:
        """The same for many requests at once."""
        return httpx.AsyncClient(base_url=self.url, headers=self._bearer(role), timeout=60)

    def statements(self) -> int:
        """How many are in the index."""
        with self.client() as client:
            status = client.get("/v1/index").raise_for_status().json()
        return int(status["statements"])

    def database_url(self, service: str) -> str:
        """SQLAlchemy's URL of a service's database; the platform must run."""
        server = EmbeddedPostgres(DataDirectory.at(self._directory).postgres)
        return server.url(database_of(service))

    def resident_megabytes(self) -> dict[str, float]:
        """Resident memory of each part and its children."""
        parts: dict[str, Any] = json.loads(self._hezuo("status", "--json"))["parts"]
        return {name: _resident(part["pid"]) for name, part in parts.items() if part.get("pid")}

    def _bearer(self, role: str) -> dict[str, str]:
        token = json.loads(self._hezuo("token", "--role", role, "--json"))["token"]
        return {"Authorization": f"Bearer {token}"}

    def _hezuo(self, *arguments: str) -> str:
        environment = os.environ | {
            "HEZUO_DATA_DIR": str(self._directory),
            # The benchmark's own clients must not be held back.
            "HEZUO_RATE_LIMIT": "1000000/minute",
        }
        done = subprocess.run(
            [str(_HEZUO), *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"hezuo {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
        return done.stdout


def _resident(pid: int) -> float:
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(member.memory_info().rss for member in family) / 2**20


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
