"""What /health and /ready answer."""

from shared.contracts.base import Contract

PROBE_SECONDS = 2.0
"""A service asks its dependencies side by side, each for so long at most."""
READINESS_SECONDS = 3.0
"""Who asks a service for its readiness waits longer than that; who asks the gateway, again more:
the container's health check and `hezuo status` wait four."""


class DependencyHealth(Contract):
    """One dependency, asked just now."""

    name: str
    ready: bool
    version: str | None = None
    detail: str | None = None


class Readiness(Contract):
    """Ready only if every dependency is."""

    service: str
    version: str
    ready: bool
    dependencies: tuple[DependencyHealth, ...] = ()


class Liveness(Contract):
    """The process answers."""

    service: str
    version: str
    status: str = "alive"
