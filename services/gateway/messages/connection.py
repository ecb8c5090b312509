"""One connection to the bus for all consumers, made when the first needs it."""

import asyncio

from shared.bus import Bus


class BusConnection:
    """Connects once; the connection itself comes back for ever."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._bus: Bus | None = None
        self._connecting = asyncio.Lock()

    async def bus(self) -> Bus:
        """The bus; waits for the server for as long as it takes."""
        from shared.nats_bus import NatsBus

        async with self._connecting:
            if self._bus is None:
                self._bus = await NatsBus.connect(self._url, name="gateway")
            return self._bus

    async def server_version(self) -> str:
        """Of the server that answers now. Raises ConnectionError before the first connection."""
        if self._bus is None:
            raise ConnectionError("not connected yet")
        return await self._bus.server_version()

    async def close(self) -> None:
        """Disconnect."""
        if self._bus:
            await self._bus.close()
