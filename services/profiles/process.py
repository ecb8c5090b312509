"""What runs beside the HTTP server: preparing the database, publishing, forgetting old keys."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from services.profiles.creation import KEYS_ARE_KEPT
from services.profiles.publishing import Publishing
from services.profiles.settings import ProfilesSettings
from services.profiles.storage import PostgresOrganisationStores
from shared.background import BackgroundLoops
from shared.clients.matcher import MatcherClient
from shared.clients.service_client import ServiceClient
from shared.contracts.health import PROBE_SECONDS, DependencyHealth, Readiness
from shared.db import Database
from shared.internal_tokens import InternalTokens
from shared.migrations import migrate
from shared.runtime import platform_version

_SECONDS_BETWEEN_CLEANINGS = 600


class ProfilesProcess:
    """Started and stopped with the service; PostgreSQL and NATS may come later than it."""

    def __init__(self, settings: ProfilesSettings) -> None:
        self._database_url = settings.database_url
        self.database = Database(settings.database_url)
        self.publishing = Publishing(self.database, settings.nats_url)
        self._matcher_url = settings.matcher_url
        self._matcher: ServiceClient | None = None
        self._loops = BackgroundLoops()
        self._prepared = asyncio.Event()

    @property
    def prepared(self) -> bool:
        """Whether the tables are there, so that requests can be served."""
        return self._prepared.is_set()

    async def start(self) -> None:
        """Begin; returns at once."""
        self._loops.start("preparation", self._prepare)
        self._loops.start("relay", self._publish)
        self._loops.start("cleaning", self._clean)

    def matcher(self, tokens: InternalTokens) -> MatcherClient | None:
        """The matcher, where one is named."""
        if self._matcher_url is None:
            return None
        self._matcher = ServiceClient("matcher", self._matcher_url, tokens, timeout_seconds=60)
        return MatcherClient(self._matcher)

    def run_when_prepared(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        """Run another part's loop too, from when the tables are there."""

        async def run() -> None:
            await self._prepared.wait()
            await loop()

        self._loops.start(name, run)

    async def stop(self) -> None:
        """End all loops and close all connections."""
        await self._loops.stop()
        await self.publishing.close()
        if self._matcher:
            await self._matcher.close()
        await self.database.close()

    async def readiness(self) -> Readiness:
        """Each dependency, asked now."""
        below = await asyncio.gather(self._database_parts(), self.publishing.bus_health())
        dependencies = [*below[0], below[1]]
        return Readiness(
            service="profiles",
            version=platform_version(),
            ready=all(dependency.ready for dependency in dependencies),
            dependencies=tuple(dependencies),
        )

    async def _prepare(self) -> None:
        await asyncio.to_thread(migrate, "services.profiles", self._database_url)
        self._prepared.set()

    async def _publish(self) -> None:
        await self._prepared.wait()
        await self.publishing.run()

    async def _clean(self) -> None:
        await self._prepared.wait()
        stores = PostgresOrganisationStores(self.database)
        while True:
            async with stores.transaction() as store:
                await store.forget_keys(before=datetime.now(UTC) - KEYS_ARE_KEPT)
            await asyncio.sleep(_SECONDS_BETWEEN_CLEANINGS)

    async def _database_parts(self) -> list[DependencyHealth]:
        """PostgreSQL, and the outbox where it can be read."""
        database = await self._database_health()
        if not database.ready:
            return [database]
        return [database, await self.publishing.lag_health()]

    async def _database_health(self) -> DependencyHealth:
        try:
            version = await asyncio.wait_for(self.database.server_version(), PROBE_SECONDS)
        except Exception as error:
            detail = f"{type(error).__name__}: cannot be reached"
            return DependencyHealth(name="postgresql", ready=False, detail=detail)
        if not self.prepared:
            detail = "the tables are being brought to this version"
            return DependencyHealth(name="postgresql", ready=False, version=version, detail=detail)
        return DependencyHealth(name="postgresql", ready=True, version=version)
