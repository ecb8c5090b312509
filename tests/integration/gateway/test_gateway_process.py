"""The gateway as a process: shutdown under load (FAULTS 27), slow clients (25), memory."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import psutil
import pytest
import uvicorn

from deploy.embedded.postgres import EmbeddedPostgres
from shared.local_keys import issue_token
from tests.support.careless_services import INTERNAL_SECRET, CarelessService, organisation
from tests.support.ports import free_port

pytestmark = pytest.mark.anyio
_MEGABYTE = 1024 * 1024
_SERVICE_SECONDS = 1.0


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    token: str
    operator_token: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def memory(self) -> float:
        """Resident, in MB."""
        return psutil.Process(self.process.pid).memory_info().rss / _MEGABYTE


@pytest.fixture(scope="module")
def slow_service() -> Iterator[str]:
    """Profiles and matcher in one, a second slow."""
    service = CarelessService("profiles")
    service.answer("GET", "/organisations/a", organisation("a"))
    app = service.app()

    async def slowly(scope: object, receive: object, send: object) -> None:
        if isinstance(scope, dict) and scope.get("path", "").startswith("/organisations"):
            await asyncio.sleep(_SERVICE_SECONDS)
        await app(scope, receive, send)  # type: ignore[arg-type]

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(slowly, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def running(
    postgres: EmbeddedPostgres, key_directory: Path, slow_service: str
) -> Iterator[Running]:
    port = free_port()
    database = f"gateway_{port}"
    postgres.create_database(database)
    settings = {
        "HEZUO_PORT": str(port),
        "HEZUO_DATABASE_URL": postgres.url(database),
        "HEZUO_INTERNAL_SECRET": INTERNAL_SECRET,
        "HEZUO_PROFILES_URL": slow_service,
        "HEZUO_MATCHER_URL": slow_service,
        "HEZUO_JWKS_FILE": str(key_directory / "jwks.json"),
        "HEZUO_HEADER_SECONDS": "0.5",
        "HEZUO_IMPORT_BODY_LIMIT": str(100 * _MEGABYTE),
        "HEZUO_LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "services.gateway"], env=os.environ | settings
    )
    found = Running(
        process,
        port,
        issue_token(key_directory, role="batch"),
        issue_token(key_directory, role="operator"),
    )
    _wait_alive(found)
    yield found
    process.kill()
    process.wait(10)


def _wait_alive(running: Running) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{running.url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the gateway did not start")


async def test_it_makes_its_tables_and_says_when(running: Running) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer = httpx.get(f"{running.url}/ready")
        if answer.status_code == 200:
            break
        await asyncio.sleep(0.1)
    assert answer.status_code == 200, answer.text
    body = {"label": "x", "role": "batch", "subject": "nightly"}
    operator = {"Authorization": f"Bearer {running.operator_token}"}
    made = httpx.post(f"{running.url}/v1/api-keys", json=body, headers=operator)
    assert made.status_code == 201
    assert running.memory() < 200


async def test_accepted_requests_are_finished_after_sigterm(running: Running) -> None:
    async with httpx.AsyncClient(headers=running.headers, timeout=20) as client:
        path = f"{running.url}/v1/organisations/a"
        await client.get(f"{running.url}/v1/me")
        under_way = [asyncio.create_task(client.get(path)) for _ in range(30)]
        await asyncio.sleep(_SERVICE_SECONDS * 0.8)
        started = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        answers = await asyncio.gather(*under_way)

    assert {answer.status_code for answer in answers} == {200}
    assert await asyncio.to_thread(running.process.wait, 15) in (0, -signal.SIGTERM)
    assert time.monotonic() - started < 12


async def test_a_body_without_end_is_cut_off_and_costs_no_memory(running: Running) -> None:
    async def endless() -> AsyncIterator[bytes]:
        piece = b"x" * _MEGABYTE
        while True:
            yield piece

    before = running.memory()
    async with httpx.AsyncClient(headers=running.headers, timeout=60) as client:
        status = 413
        try:
            url = f"{running.url}/v1/imports?format=csv"
            status = (await client.post(url, content=endless())).status_code
        except httpx.TransportError:
            pass  # the connection was closed while we were still sending

    assert status == 413
    assert running.memory() - before < 50
    assert running.memory() < 200


async def test_a_head_that_trickles_is_cut_off(running: Running) -> None:
    def trickle() -> float:
        started = time.monotonic()
        with socket.create_connection(("127.0.0.1", running.port)) as connection:
            connection.settimeout(10)
            connection.sendall(b"GET /health HTTP/1.1\r\n")
            try:
                while time.monotonic() - started < 10:
                    connection.sendall(b"X: y\r\n")
                    time.sleep(0.1)
            except OSError:
                pass
        return time.monotonic() - started

    assert await asyncio.to_thread(trickle) < 3
    assert httpx.get(f"{running.url}/health").status_code == 200
