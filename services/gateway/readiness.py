"""Asking each dependency, just now, whether it is there."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from services.gateway.context import Gateway
from services.gateway.identity.key_set import KeySet
from services.gateway.messages.connection import BusConnection
from shared.clients.service_client import ServiceClient
from shared.contracts.health import (
    PROBE_SECONDS,
    READINESS_SECONDS,
    DependencyHealth,
    Readiness,
)
from shared.runtime import platform_version

_T = TypeVar("_T")


async def readiness(gateway: Gateway) -> Readiness:
    """All of them at once; the services' own dependencies follow them."""
    groups = await asyncio.gather(
        _postgresql(gateway),
        *([_nats(gateway.messages.bus)] if gateway.messages.bus else []),
        _key_set(gateway.keys),
        _service(gateway.profiles),
        _service(gateway.matcher),
    )
    dependencies = tuple(one for group in groups for one in group)
    return Readiness(
        service="gateway",
        version=platform_version(),
        ready=all(group[0].ready for group in groups),
        dependencies=dependencies,
    )


async def _postgresql(gateway: Gateway) -> tuple[DependencyHealth, ...]:
    version = await _in_time(gateway.database.server_version())
    if version is None:
        return (DependencyHealth(name="postgresql", ready=False, detail="no answer"),)
    prepared = bool(await _in_time(gateway.api_keys.prepared()))
    detail = None if prepared else "the tables are not there yet"
    return (DependencyHealth(name="postgresql", ready=prepared, version=version, detail=detail),)


async def _nats(bus: BusConnection) -> tuple[DependencyHealth, ...]:
    version = await _in_time(bus.server_version())
    detail = None if version else "no answer: messages wait, requests are served"
    ready = version is not None
    return (DependencyHealth(name="nats", ready=ready, version=version, detail=detail),)


async def _key_set(keys: KeySet) -> tuple[DependencyHealth, ...]:
    known = await _in_time(keys.count())
    detail = f"{known} keys" if known else "could not be read: no token can be checked"
    return (DependencyHealth(name="identity keys", ready=known is not None, detail=detail),)


async def _service(client: ServiceClient) -> tuple[DependencyHealth, ...]:
    answer = await _in_time(_ask(client), READINESS_SECONDS)
    if answer is None:
        return (DependencyHealth(name=client.name, ready=False, detail="no answer"),)
    below = tuple(
        one.model_copy(update={"name": f"{client.name}.{one.name}"}) for one in answer.dependencies
    )
    own = DependencyHealth(name=client.name, ready=answer.ready, version=answer.version)
    return (own, *below)


async def _ask(client: ServiceClient) -> Readiness:
    response = await client.send("GET", "/ready", timeout_seconds=READINESS_SECONDS)
    return Readiness.model_validate_json(response.content)


async def _in_time(question: Awaitable[_T], seconds: float = PROBE_SECONDS) -> _T | None:
    # Whatever goes wrong while asking, the answer is that it is not ready.
    try:
        async with asyncio.timeout(seconds):
            return await question
    except Exception:
        return None
