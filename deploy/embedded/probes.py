"""Asking each part whether it is ready and which version it is."""

import asyncio
import http.client
import json
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_SECONDS = 4.0


@dataclass(frozen=True)
class Probe:
    """What a part has answered just now."""

    ready: bool
    version: str | None = None
    detail: str | None = None
    statistics: str | None = None
    """Of the matcher: the language statistics that are live."""


def probe(part: str, address: str) -> Probe:
    """Ask one part at its address; a part that does not answer is not ready."""
    try:
        if part == "postgresql":
            return asyncio.run(_probe_postgres(address))
        if part == "nats":
            return _probe_nats(address)
        return _probe_service(address)
    except (OSError, ValueError, TimeoutError, http.client.HTTPException) as error:
        return Probe(ready=False, detail=f"does not answer ({type(error).__name__})")


def _probe_service(address: str) -> Probe:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(
        parts.hostname or "127.0.0.1", parts.port, timeout=_SECONDS
    )
    try:
        connection.request("GET", "/ready")
        readiness = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    waiting = [
        f"{part['name']}: {part.get('detail') or 'not ready'}"
        for part in readiness.get("dependencies", ())
        if not part.get("ready")
    ]
    versions = {part["name"]: part.get("version") for part in readiness.get("dependencies", ())}
    return Probe(
        readiness.get("ready") is True,
        readiness.get("version"),
        "; ".join(waiting) or None,
        versions.get("statistics"),
    )


def _probe_nats(address: str) -> Probe:
    """NATS greets every connection with `INFO {json}`."""
    parts = urlsplit(address)
    with (
        socket.create_connection((parts.hostname, parts.port), timeout=_SECONDS) as connection,
        connection.makefile("rb") as stream,
    ):
        _, _, greeting = stream.readline(65536).partition(b" ")
    return Probe(ready=True, version=json.loads(greeting).get("version"))


async def _probe_postgres(address: str) -> Probe:
    import asyncpg

    try:
        connection = await asyncpg.connect(address, timeout=_SECONDS)
    except asyncpg.PostgresError as error:
        return Probe(ready=False, detail=str(error))
    version = connection.get_settings().server_version
    await connection.close(timeout=_SECONDS)
    return Probe(ready=True, version=version)
