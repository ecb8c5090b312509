"""The HTTP client for addresses that somebody has typed in."""

import ssl
from collections.abc import Iterable

import httpcore2 as httpcore
import httpx2 as httpx

from services.gateway.outbound.addresses import networks
from services.gateway.outbound.network import GuardedNetwork, LookUp, look_up

_CONNECTIONS = 20


class GuardedTransport(httpx.AsyncHTTPTransport):
    """The usual transport over guarded connections; environment proxies do not count."""

    def __init__(self, private: Iterable[str] = (), names: LookUp = look_up) -> None:
        context = ssl.create_default_context()
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            # A name is looked up again for every call.
            max_keepalive_connections=0,
            network_backend=GuardedNetwork(httpcore.AnyIOBackend(), networks(private), names),
        )


def outbound_client(
    private: Iterable[str] = (), *, timeout_seconds: float = 10.0, names: LookUp = look_up
) -> httpx.AsyncClient:
    """A client that reaches public addresses, and those networks that the operator has opened.

    It follows no redirects by itself and keeps no cookies between calls worth keeping.
    Calls raise RefusedAddressError for private addresses, and httpx's own errors.
    """
    return httpx.AsyncClient(
        transport=GuardedTransport(private, names),
        timeout=httpx.Timeout(timeout_seconds, connect=5.0),
        follow_redirects=False,
        trust_env=False,
    )
