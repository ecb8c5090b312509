"""Nothing that somebody types in makes the platform call its own network."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from services.gateway.outbound import RefusedAddressError, outbound_client, require_callable
from services.gateway.outbound.addresses import may_be_called, networks
from shared.errors import ProblemError

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
NOT_PUBLIC = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::80ff:fffe",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_called(address: str) -> None:
    assert may_be_called(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_private_and_special_addresses_may_not(address: str) -> None:
    assert not may_be_called(address)


def test_an_operator_can_open_a_private_network() -> None:
    opened = networks(["10.0.0.0/8"])
    assert may_be_called("10.1.2.3", opened)
    assert may_be_called("::ffff:10.1.2.3", opened)
    assert not may_be_called("192.168.1.1", opened)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example", "file:///etc/passwd", "http://", "https://me:pw@a.example", "http://a:22"],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(ProblemError, match="address_refused"):
        require_callable(url)


@asynccontextmanager
async def _server() -> AsyncIterator[tuple[int, list[bytes]]]:
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
async def test_no_spelling_of_this_machine_is_connected_to(host: str) -> None:
    async with _server() as (port, heard), outbound_client() as client:
        with pytest.raises(RefusedAddressError):
            await client.get(f"http://{host}:{port}/")
        assert not heard


@pytest.mark.anyio
async def test_a_name_with_one_private_address_is_refused_and_looked_up_for_every_call() -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]])

    async def names(host: str, port: int) -> Sequence[str]:
        return next(answers)

    async with _server() as (port, heard):
        async with outbound_client(["127.0.0.0/8"], names=names) as client:
            answer = await client.get(f"http://rebinding.example:{port}/page")
            assert answer.status_code == 204
            with pytest.raises(RefusedAddressError):
                await client.get(f"http://rebinding.example:{port}/page")
        assert len(heard) == 1
        assert b"Host: rebinding.example" in heard[0]
