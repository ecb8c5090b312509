"""Which addresses may be called (OWASP: server-side request forgery prevention). Pure."""

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import httpx2 as httpx

from shared.errors import ProblemError

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_WEB_PORTS = frozenset({80, 443})
_FIRST_FREE_PORT = 1024
_TRANSLATED = ip_network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are an IPv4 address."""


class RefusedAddressError(Exception):
    """A name stands for an address that is not on the public internet."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not a public address")
        self.host = host


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks as they are written in the settings. Raises ValueError."""
    return tuple(ip_network(text) for text in texts)


def may_be_called(address: str, private: Sequence[Network] = ()) -> bool:
    """Whether it is public, or in one of the private networks that the operator has opened."""
    found = _meant(ip_address(address.partition("%")[0]))
    if any(found in network for network in private if network.version == found.version):
        return True
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_link_local)


def require_callable(url: str) -> httpx.URL:
    """The address, read. Raises ProblemError("address_refused") for what no name look-up mends."""
    try:
        read = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused("it is not a web address") from error
    if read.scheme not in {"http", "https"} or not read.host:
        raise _refused("it is not a web address")
    if read.userinfo:
        raise _refused("it carries a user name or password")
    if read.port is not None and read.port not in _WEB_PORTS and read.port < _FIRST_FREE_PORT:
        raise _refused("its port is not one of the web")
    return read


def _refused(reason: str) -> ProblemError:
    return ProblemError("address_refused", reason=reason)


def _meant(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that only carries it."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
