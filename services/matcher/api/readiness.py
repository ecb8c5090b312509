"""Asking every dependency at once, each for two seconds at most."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from shared.contracts.health import PROBE_SECONDS, DependencyHealth, Readiness
from shared.runtime import platform_version

Probe = Callable[[], Awaitable[str]]
"""Gives the dependency's version; raises when it is away."""


class ReadinessProbes:
    """Probes by name."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = dict(probes)

    async def ask(self) -> Readiness:
        """Ready only if all are."""
        found = await asyncio.gather(*(_ask(name, probe) for name, probe in self._probes.items()))
        return Readiness(
            service="matcher",
            version=platform_version(),
            ready=all(one.ready for one in found),
            dependencies=tuple(found),
        )


async def _ask(name: str, probe: Probe) -> DependencyHealth:
    try:
        version = await asyncio.wait_for(probe(), PROBE_SECONDS)
    except Exception as error:
        return DependencyHealth(name=name, ready=False, detail=type(error).__name__)
    return DependencyHealth(name=name, ready=True, version=version)
