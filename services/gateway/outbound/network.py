"""Connecting to checked addresses only: looked up, checked and used in one step."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore2 as httpcore
from httpcore2 import AsyncNetworkBackend, AsyncNetworkStream

from services.gateway.outbound.addresses import Network, RefusedAddressError, may_be_called

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
_SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]


async def look_up(host: str, port: int) -> Sequence[str]:
    """All addresses of a name. Raises httpcore.ConnectError where it has none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} was not found") from error
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class GuardedNetwork(AsyncNetworkBackend):
    """Refuses a name when any of its addresses is private: such a name is an attempt."""

    def __init__(
        self, inner: AsyncNetworkBackend, private: Sequence[Network], names: LookUp = look_up
    ) -> None:
        self._inner = inner
        self._private = private
        self._look_up = names

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: _SocketOptions | None = None,
    ) -> AsyncNetworkStream:
        """A connection to one of the name's addresses. Raises RefusedAddressError."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._look_up(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} took too long to look up") from error
        if not all(may_be_called(address, self._private) for address in addresses):
            raise RefusedAddressError(host)
        failure: Exception = httpcore.ConnectError(f"{host} was not found")
        for address in addresses[:2]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        socket_options: _SocketOptions | None = None,
    ) -> AsyncNetworkStream:
        """Never: no address outside is a file."""
        raise RefusedAddressError(path)

    async def sleep(self, seconds: float) -> None:
        """Between attempts."""
        await asyncio.sleep(seconds)
