"""Asking each dependency, just now, whether it is there."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from services.gateway.context import Gateway
from shared.clients.service_client import ServiceClient
from shared.contracts.health import DependencyHealth, Readiness
from shared.runtime import platform_version

_SECONDS = 1.0
_T = TypeVar("_T")


async def readiness(gateway: Gateway) -> Readiness:
    """All of them at once, a second each at most; the services' own dependencies follow them."""
    groups = await asyncio.gather(
        _postgresql(gateway), _service(gateway.profiles), _service(gateway.matcher)
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


async def _service(client: ServiceClient) -> tuple[DependencyHealth, ...]:
    answer = await _in_time(_ask(client))
    if answer is None:
        return (DependencyHealth(name=client.name, ready=False, detail="no answer"),)
    below = tuple(
        one.model_copy(update={"name": f"{client.name}.{one.name}"}) for one in answer.dependencies
    )
    own = DependencyHealth(name=client.name, ready=answer.ready, version=answer.version)
    return (own, *below)


async def _ask(client: ServiceClient) -> Readiness:
    response = await client.send("GET", "/ready", timeout_seconds=_SECONDS)
    return Readiness.model_validate_json(response.content)


async def _in_time(question: Awaitable[_T]) -> _T | None:
    # Whatever goes wrong while asking, the answer is that it is not ready.
    try:
        async with asyncio.timeout(_SECONDS):
            return await question
    except Exception:
        return None
