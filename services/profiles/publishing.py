"""The way from the outbox to the bus, whether the bus is there or not."""

import asyncio

from services.profiles.schema import outbox
from shared.bus import Bus, StreamSpec
from shared.contracts.health import PROBE_SECONDS, DependencyHealth
from shared.db import Database
from shared.nats_bus import NatsBus
from shared.outbox import Relay, outbox_lag

STREAM = StreamSpec("PROFILES", ("profiles.>",))
_ALARM_SECONDS = 60.0


class Publishing:
    """Connects when it can, keeps the stream there, and runs the relay."""

    def __init__(self, database: Database, nats_url: str) -> None:
        self._database = database
        self._nats_url = nats_url
        self._bus: Bus | None = None

    async def run(self) -> None:
        """Until cancelled; an error ends it, and it may be run again."""
        if self._bus is None:
            self._bus = await NatsBus.connect(self._nats_url, name="profiles")
        await self._bus.ensure_stream(STREAM)  # again after an error: it may have been deleted
        await Relay(self._database.engine, outbox, self._bus).run()

    async def bus_health(self) -> DependencyHealth:
        """Whether the bus answers."""
        if self._bus is None:
            return DependencyHealth(name="nats", ready=False, detail="not connected yet")
        try:
            version = await asyncio.wait_for(self._bus.server_version(), PROBE_SECONDS)
        except Exception as error:
            detail = f"{type(error).__name__}: writes go on, events wait in the outbox"
            return DependencyHealth(name="nats", ready=False, detail=detail)
        return DependencyHealth(name="nats", ready=True, version=version)

    async def lag_health(self) -> DependencyHealth:
        """How many events wait, and for how long; late by a minute is an alarm."""
        count, age = await outbox_lag(self._database.engine, outbox)
        detail = f"{count} events wait, the oldest for {age:.1f} s"
        return DependencyHealth(name="outbox", ready=age < _ALARM_SECONDS, detail=detail)

    async def close(self) -> None:
        """Disconnect."""
        if self._bus is not None:
            await self._bus.close()
