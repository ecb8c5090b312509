"""What /health and /ready answer."""

from shared.contracts.base import Contract


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
