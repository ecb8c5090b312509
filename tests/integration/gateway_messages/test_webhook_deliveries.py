"""Webhooks against a real HTTP server on this machine, which the test's policy opens."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from services.gateway.messages.delivering import Delivering
from services.gateway.messages.notes import NewEvent, News
from services.gateway.messages.owners import of_organisation
from services.gateway.messages.signature import signature
from services.gateway.messages.tables import messages
from services.gateway.messages.webhook_calls import WebhookCalls
from services.gateway.messages.webhooks import Webhooks
from services.gateway.outbound import outbound_client
from shared.contracts.messages import EventType
from shared.contracts.principal import Principal
from shared.contracts.webhooks import CreatedWebhook, NewWebhook
from shared.errors import ProblemError
from tests.integration.gateway_messages.conftest import COORDINATOR, Desk, member

pytestmark = pytest.mark.anyio


class Receiver:
    """Answers each request with the next status, the last one again and again."""

    def __init__(self, *statuses: str) -> None:
        self.statuses = list(statuses or ("204 No Content",))
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((headers, body))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        more = f"Location: {self.url}\r\n" if status.startswith("3") else ""
        writer.write(f"HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def receiving(*statuses: str) -> AsyncIterator[Receiver]:
    receiver = Receiver(*statuses)
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver


@asynccontextmanager
async def delivering(
    desk: Desk, private: Iterable[str] = ("127.0.0.0/8",)
) -> AsyncIterator[Delivering]:
    async with outbound_client(private, timeout_seconds=2) as client:
        yield Delivering(desk.database, WebhookCalls(client), desk.publishing, desk.now)


def webhooks(desk: Desk) -> Webhooks:
    return Webhooks(desk.database, plain_http=True, now=desk.now)


async def made(desk: Desk, url: str, reader: Principal, *events: EventType) -> CreatedWebhook:
    return (await webhooks(desk).create(NewWebhook(url=url, events=events), reader))[0]


async def happens(desk: Desk, source: str, *organisations: str) -> None:
    event = NewEvent(
        source=source,
        type=EventType.MATCH_CHANGED,
        audience=("staff", *map(of_organisation, organisations)),
        occurred_at=datetime(2026, 11, 1, tzinfo=UTC),
        data={"match_id": "0" * 32, "state": "asked", "organisations": list(organisations)},
    )
    await desk.publishing.publish([News(event)])


async def log(desk: Desk, hook: CreatedWebhook, reader: Principal) -> list[Any]:
    page = await webhooks(desk).deliveries(hook.id, reader)
    return [(one.type.value, one.state.value, one.attempts, one.status) for one in page.items]


async def test_an_event_is_delivered_once_signed_and_only_to_whom_it_concerns(desk: Desk) -> None:
    async with receiving() as receiver, delivering(desk) as worker:
        mine = await made(desk, receiver.url, member("a"))
        theirs = await made(desk, receiver.url, member("c"))
        await happens(desk, "e1", "a", "b")
        await happens(desk, "e1", "a", "b")
        await worker.deliver_due()
        assert await worker.deliver_due() == 0

    ((headers, body),) = receiver.requests
    stamp = int(headers["webhook-timestamp"])
    expected = signature(mine.secret, headers["webhook-id"], stamp, body)
    assert headers["webhook-signature"] == expected
    told = json.loads(body)
    assert (told["type"], told["data"]["state"]) == ("match.changed", "asked")
    assert await log(desk, mine, member("a")) == [("match.changed", "delivered", 1, 204)]
    assert await log(desk, theirs, member("c")) == []


async def test_it_chooses_types_and_staff_hears_everything(desk: Desk) -> None:
    async with receiving() as receiver, delivering(desk) as worker:
        await made(desk, receiver.url, member("a"), EventType.ORGANISATION_CHANGED)
        staff = await made(desk, receiver.url, COORDINATOR)
        await happens(desk, "e1", "a", "b")
        await worker.deliver_due()
    assert await log(desk, staff, COORDINATOR) == [("match.changed", "delivered", 1, 204)]
    assert len(receiver.requests) == 1


async def test_failures_are_tried_again_with_the_same_id_and_a_new_stamp(desk: Desk) -> None:
    async with receiving("500 Sorry", "200 OK") as receiver, delivering(desk) as worker:
        hook = await made(desk, receiver.url, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
        assert await log(desk, hook, member("a")) == [("match.changed", "pending", 1, 500)]
        assert (await webhooks(desk).find(hook.id, member("a"))).failing_since == desk.moment
        assert await worker.deliver_due() == 0
        desk.later(seconds=7)
        await worker.deliver_due()
    ids = {headers["webhook-id"] for headers, _ in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (2, 1)
    assert await log(desk, hook, member("a")) == [("match.changed", "delivered", 2, 200)]
    assert (await webhooks(desk).find(hook.id, member("a"))).failing_since is None


async def test_long_failure_switches_it_off_tells_the_owner_and_put_starts_it_anew(
    desk: Desk,
) -> None:
    async with receiving("500 Sorry") as receiver, delivering(desk) as worker:
        hook = await made(desk, receiver.url, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
        desk.later(days=6)
        await happens(desk, "e2", "a")
        await worker.deliver_due()
        off = await webhooks(desk).find(hook.id, member("a"))
        assert off.disabled_at == desk.moment
        kinds = {(row["recipient"], row["kind"]) for row in await desk.rows(messages)}
        assert kinds == {("organisation:a", "webhook_disabled")}
        await happens(desk, "e3", "a")
        assert await worker.deliver_due() == 0

        asked = len(receiver.requests)
        desk.later(seconds=1)
        await webhooks(desk).test(hook.id, member("a"))
        await worker.deliver_due()
        assert len(receiver.requests) == asked + 1
        assert (await log(desk, hook, member("a")))[0] == ("webhook.test", "failed", 1, 500)

        body = NewWebhook(url=receiver.url)
        again = await webhooks(desk).change(hook.id, body, member("a"), f'"{off.version}"')
    assert (again.disabled_at, again.failing_since) == (None, None)


async def test_an_address_that_says_gone_is_left_alone_at_once(desk: Desk) -> None:
    async with receiving("410 Gone") as receiver, delivering(desk) as worker:
        hook = await made(desk, receiver.url, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
    assert (await webhooks(desk).find(hook.id, member("a"))).disabled_at


async def test_a_redirect_is_no_success_and_not_followed(desk: Desk) -> None:
    async with receiving("302 Found") as receiver, delivering(desk) as worker:
        hook = await made(desk, receiver.url, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
    assert len(receiver.requests) == 1
    assert await log(desk, hook, member("a")) == [("match.changed", "pending", 1, 302)]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
async def test_private_addresses_are_never_called(desk: Desk, host: str) -> None:
    async with receiving() as receiver, delivering(desk, private=()) as worker:
        url = f"http://{host}:{receiver.port}/hook"
        hook = await made(desk, url, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
    page = await webhooks(desk).deliveries(hook.id, member("a"))
    assert [one.problem for one in page.items] == ["refused_address"]
    assert receiver.requests == []


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "https://u:p@example.org/x", "https://example.org:22/x"]
)
async def test_addresses_that_are_wrong_in_themselves_are_refused(desk: Desk, url: str) -> None:
    strict = Webhooks(desk.database, plain_http=False)
    with pytest.raises(ProblemError, match="address_refused"):
        await strict.create(NewWebhook(url=url), member("a"))


async def test_two_replicas_deliver_each_event_once(desk: Desk) -> None:
    async with receiving() as receiver, delivering(desk) as one, delivering(desk) as two:
        await made(desk, receiver.url, member("a"))
        for number in range(12):
            await happens(desk, f"e{number}", "a")
        while sum(await asyncio.gather(one.deliver_due(), two.deliver_due())):
            pass
    ids = [headers["webhook-id"] for headers, _ in receiver.requests]
    assert (len(ids), len(set(ids))) == (12, 12)


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(desk: Desk) -> None:
    async with receiving() as receiver, delivering(desk) as worker:
        hook = await made(desk, receiver.url, member("a"))
        renewed = await webhooks(desk).renew_secret(hook.id, member("a"))
        await happens(desk, "e1", "a")
        await worker.deliver_due()
        desk.later(days=2)
        await happens(desk, "e2", "a")
        await worker.deliver_due()
    assert renewed.secret != hook.secret
    counts = [len(headers["webhook-signature"].split()) for headers, _ in receiver.requests]
    assert counts == [2, 1]
