"""Follows the events of the other services on the bus, and tells what follows from them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from services.gateway.messages import event_letters
from services.gateway.messages.notes import News
from services.gateway.messages.publishing import Publishing, utc_now
from shared.bus import REQUEST_ID_HEADER, Bus, ConsumerSpec, ReceivedMessage, StreamSpec
from shared.db import Database
from shared.errors import ProblemError
from shared.http.request_id import working_for

_log = structlog.get_logger("messages")
_BATCH = 100
_WAIT_SECONDS = 1.0
_RETRY_SECONDS = 2.0
_CHECK_SECONDS = 5.0
_ATTEMPTS = 5

Read = Callable[[bytes], Awaitable[News]]
_PASSING = frozenset({"not_ready", "upstream_timeout", "out_of_space", "rate_limited"})


@dataclass(frozen=True)
class Source:
    """One durable consumer, and how its events are read.

    `read` raises ValidationError for what is no such event.
    """

    stream: StreamSpec
    consumer: ConsumerSpec
    read: Read


class NewsConsumer:
    """Takes events in; each is acknowledged after the commit, and tells nothing a second time."""

    def __init__(self, source: Source, publishing: Publishing, database: Database) -> None:
        self._source = source
        self._publishing = publishing
        self._database = database

    async def run(self, bus: Bus) -> None:
        """Follow until cancelled; an error ends it, so that the caller starts it again."""
        await bus.ensure_stream(self._source.stream)
        consumer = await bus.consumer(self._source.consumer)
        checked = asyncio.get_running_loop().time()
        while True:
            messages = await consumer.fetch(_BATCH, wait_seconds=_WAIT_SECONDS)
            if messages:
                await self.handle(messages)
            elif (now := asyncio.get_running_loop().time()) - checked > _CHECK_SECONDS:
                # A deleted consumer does not tell: raises, and is made again.
                await consumer.pending()
                checked = now

    async def handle(self, messages: Sequence[ReceivedMessage]) -> None:
        """Each message ends acknowledged, dropped with a letter, or to be retried."""
        read = [(message, await self._read(message)) for message in messages]
        taken = [(message, news) for message, news in read if news]
        with working_for(_request_id(message) for message, _ in taken):
            try:
                await self._publishing.publish([news for _, news in taken])
            except Exception as error:
                for message, _ in taken:
                    await self._postpone(message, error)
                return
        for message, _ in taken:
            await message.ack()

    async def _read(self, message: ReceivedMessage) -> News | None:
        with working_for([_request_id(message)]):
            try:
                return await self._source.read(message.data)
            except ValidationError:
                await self._drop(message, "not such an event")
            except Exception as error:
                await self._postpone(message, error)
            return None

    async def _postpone(self, message: ReceivedMessage, error: Exception) -> None:
        """What is away comes back; what fails by itself is put aside after a few attempts."""
        passing = isinstance(error, ProblemError) and error.code in _PASSING
        if not passing and message.deliveries >= _ATTEMPTS:
            await self._drop(message, type(error).__name__)
            return
        with working_for([_request_id(message)]):
            _log.warning(
                "event_postponed", subject=message.subject, error_type=type(error).__name__
            )
        await message.retry(_RETRY_SECONDS)

    async def _drop(self, message: ReceivedMessage, problem: str) -> None:
        async with self._database.transaction() as connection:
            await event_letters.keep(connection, message, problem, utc_now())
        await message.drop()


def _request_id(message: ReceivedMessage) -> str | None:
    """Of the request that the event comes from."""
    return message.headers.get(REQUEST_ID_HEADER)
