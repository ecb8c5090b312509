"""FAULTS 26: clients that hang up in the middle of a request leave nothing behind."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Iterator

import psutil
import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.profiles import profile
from tests.support.stack import Stack
from tests.support.truth import outbox_rows, query, stored_versions

pytestmark = [pytest.mark.model, pytest.mark.faults, pytest.mark.timeout(600)]
DISCONNECTS = 3000
AT_ONCE = 32
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: closing sends a reset, as a client does that dies."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    """A platform without limits on rates: they would turn most requests away."""
    rates = {"HEZUO_ANONYMOUS_RATE_LIMIT": "600000/minute", "HEZUO_RATE_LIMIT": "600000/minute"}
    stack = Stack(tmp_path_factory.mktemp("stack"), postgres, **rates)
    stack.start()
    yield stack
    stack.stop()


def request(stack: Stack, token: str, number: int) -> bytes:
    """One of: a read, a write, a search; every other is cut off somewhere."""
    body, target = b"", "GET /v1/organisations"
    if number % 20 == 1:
        target, body = "POST /v1/search", b'{"text": "waveguide coating"}'
    elif number % 2:
        target = f"PUT /v1/organisations/hung-up-{number}"
        body = json.dumps(profile("Hung up", needs={"n1": "Somebody who stays on"})).encode()
    head = (
        f"{target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"If-None-Match: *\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    whole = head.encode() + body
    return whole if number % 4 < 2 else whole[: len(whole) * (number % 7 + 1) // 8]


async def hang_up(stack: Stack, count: int, first: int) -> None:
    """Send so many requests; wait between 0 and 20 ms for no answer, and reset."""
    token, slots = stack.token("coordinator"), asyncio.Semaphore(AT_ONCE)
    port = stack.services["gateway"].port

    async def once(number: int) -> None:
        async with slots:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            writer.write(request(stack, token, number))
            await asyncio.sleep((number % 5) * 0.005)
            writer.transport.abort()

    await asyncio.gather(*(once(number) for number in range(first, first + count)))


def held(stack: Stack) -> dict[str, int]:
    """Connections of PostgreSQL by database, open descriptors by service."""
    found = {}
    for name, service in stack.services.items():
        found[f"descriptors of {name}"] = psutil.Process(service.pid).num_fds()
    rows = query(
        stack.database_urls["profiles"],
        "select datname, state from pg_stat_activity where datname = any($1::text[]) "
        "and pid <> pg_backend_pid()",
        [database_name(stack, name) for name in stack.services],
    )
    found["connections"] = len(rows)
    found["connections in a transaction"] = sum("transaction" in (r["state"] or "") for r in rows)
    return found


def database_name(stack: Stack, service: str) -> str:
    """Its name in PostgreSQL."""
    return stack.database_urls[service].partition("@/")[2].partition("?")[0]


def settled(stack: Stack, seconds: float = 40) -> dict[str, int]:
    """What is held once nothing has changed for three seconds."""
    deadline, last, since = time.monotonic() + seconds, held(stack), time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 3:
        time.sleep(0.5)
        if (now := held(stack)) != last:
            last, since = now, time.monotonic()
    return last


def test_connections_and_descriptors_return_to_the_baseline(stack: Stack) -> None:
    asyncio.run(hang_up(stack, 300, 0))  # pools are full from here on
    stack.wait_searchable()
    baseline = settled(stack)
    asyncio.run(hang_up(stack, DISCONNECTS, 300))
    stack.wait_searchable(120)
    after = settled(stack)
    grown = {what: after[what] - count for what, count in baseline.items()}
    assert after["connections in a transaction"] == 0
    # A pool may hold a few more than it did; thousands of requests must not show.
    assert max(grown.values()) <= 12, (baseline, after)


def test_what_was_half_done_is_whole_or_not_there(stack: Stack) -> None:
    written = {id for id in stored_versions(stack) if id.startswith("hung-up-")}
    assert written, "some requests came through before their client was gone"
    outbox = outbox_rows(stack)
    assert all(outbox[id, 1] == 1 for id in written)


def test_the_platform_answers_everybody_else(stack: Stack) -> None:
    with stack.client("coordinator") as client:
        for _ in range(50):
            assert client.get("/v1/organisations").status_code == 200
        found = client.post("/v1/search", json={"text": "waveguide coating"})
        assert found.status_code == 200, found.text
    for service in stack.services.values():
        assert service.running()
        assert "Traceback" not in service.log_tail(400)
