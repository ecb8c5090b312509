"""Follows the changes of organisations on the bus."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from services.matcher.service.dead_letters import DeadLetterOffice, bisect
from services.matcher.service.failures import is_passing
from services.matcher.service.ingest import TakeIn
from shared.bus import (
    REQUEST_ID_HEADER,
    Bus,
    BusUnavailableError,
    ConsumerMissingError,
    ConsumerSpec,
    PullConsumer,
    ReceivedMessage,
)
from shared.contracts.events import ORGANISATION_CHANGED, OrganisationChanged
from shared.http.request_id import working_for
from shared.streams import PROFILES_STREAM

_log = structlog.get_logger("consumer")

# Unlimited deliveries: a part that is away for long must not use up a change's chances. What
# fails by itself goes to the dead letters at once. What was on its way when the bus was killed
# comes again after the wait: short, so that work resumes within ten seconds (FAULTS 6).
CHANGES = ConsumerSpec(
    PROFILES_STREAM.name, "matcher-index", ORGANISATION_CHANGED, ack_wait_seconds=8, max_deliver=-1
)
_HEARTBEAT_SECONDS = 2.0
_WAIT_SECONDS = 1.0
_LINGER_SECONDS = 0.05
_BATCHES_AT_ONCE = 3
_RETRY_SECONDS = 2.0

Reconcile = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class _Change:
    message: ReceivedMessage
    event: OrganisationChanged

    @property
    def request_id(self) -> str | None:
        """Of the request that has made the change."""
        return self.message.headers.get(REQUEST_ID_HEADER)


class ChangesConsumer:
    """Many changes of one organisation become one re-read; acknowledged after the commit."""

    def __init__(
        self,
        bus: Bus,
        take_in: TakeIn,
        letters: DeadLetterOffice,
        reconcile: Reconcile,
        *,
        batch: int = 128,
        check_seconds: float = 5.0,
    ) -> None:
        self._bus = bus
        self._take_in = take_in
        self._letters = letters
        self._reconcile = reconcile
        self._batch = batch
        self._check_seconds = check_seconds
        self._consumer: PullConsumer | None = None
        self._checked = 0.0
        self._lost = False

    async def run(self) -> None:
        """Follow until cancelled; an error ends it, so that the caller starts it again.

        While one batch is embedded the next is fetched and re-read, and the one before written.
        """
        consumer = await self._open()
        slots = asyncio.Semaphore(_BATCHES_AT_ONCE)
        async with asyncio.TaskGroup() as handling:
            while True:
                await slots.acquire()
                messages = await self._fetch(consumer)
                task = handling.create_task(self.handle(messages))
                task.add_done_callback(lambda _: slots.release())

    async def _fetch(self, consumer: PullConsumer) -> Sequence[ReceivedMessage]:
        while True:
            messages = await consumer.fetch(
                self._batch, wait_seconds=_WAIT_SECONDS, linger_seconds=_LINGER_SECONDS
            )
            if messages:
                return messages
            await self._check(consumer)

    async def pending(self) -> int:
        """Changes not taken in yet. Raises BusUnavailableError where nobody knows."""
        if self._consumer is None:
            raise BusUnavailableError("not connected yet")
        return await self._consumer.pending()

    async def handle(self, messages: Sequence[ReceivedMessage]) -> None:
        """Take in what the messages name; each ends acknowledged, dropped or to be retried."""
        async with _heartbeat(messages):
            changes = await self._parse(messages)
            if not changes:
                return
            with working_for(change.request_id for change in changes) as batch:
                await self._take(changes, batch)

    async def _take(self, changes: Sequence[_Change], batch: str) -> None:
        """One piece of work for many requests; the log leads from each of them to it."""
        ids = sorted({change.event.organisation_id for change in changes})
        try:
            failed = await bisect(ids, self._take_in.take_in)
            await self._finish(changes, failed)
        except Exception as error:
            if not is_passing(error):
                raise
            await self._retry(changes, error)
            return
        for request_id, count in Counter(change.request_id for change in changes).items():
            with working_for([request_id]):
                _log.info("changes_taken_in", changes=count, batch=batch)

    async def _open(self) -> PullConsumer:
        await self._bus.ensure_stream(PROFILES_STREAM)
        consumer = self._consumer = await self._bus.consumer(CHANGES)
        if self._lost:
            # Changes of the meantime may be gone with the stream.
            await self._reconcile()
            self._lost = False
        return consumer

    async def _check(self, consumer: PullConsumer) -> None:
        """A deleted stream or consumer does not tell: an idle one is asked for now and then."""
        now = asyncio.get_running_loop().time()
        if now - self._checked < self._check_seconds:
            return
        self._checked = now
        try:
            await consumer.pending()
        except ConsumerMissingError:
            _log.error("consumer_missing", consumer=CHANGES.durable)
            self._lost = True
            raise

    async def _parse(self, messages: Sequence[ReceivedMessage]) -> list[_Change]:
        changes = []
        for message in messages:
            try:
                event = OrganisationChanged.model_validate_json(message.data)
            except ValidationError:
                with working_for([message.headers.get(REQUEST_ID_HEADER)]):
                    await self._letters.keep(message, None, "not an OrganisationChanged event")
                    await message.drop()
            else:
                changes.append(_Change(message, event))
        return changes

    async def _finish(self, changes: Sequence[_Change], failed: dict[str, Exception]) -> None:
        good = [one.message.ack() for one in changes if one.event.organisation_id not in failed]
        await asyncio.gather(*good)
        for change in changes:
            error = failed.get(change.event.organisation_id)
            if error is not None:
                with working_for([change.request_id]):
                    await self._letters.keep(change.message, change.event, type(error).__name__)
                    await change.message.drop()

    async def _retry(self, changes: Sequence[_Change], error: Exception) -> None:
        _log.warning("take_in_postponed", changes=len(changes), error_type=type(error).__name__)
        for change in changes:
            await change.message.retry(_RETRY_SECONDS)
        await asyncio.sleep(_RETRY_SECONDS / 2)


@asynccontextmanager
async def _heartbeat(messages: Sequence[ReceivedMessage]) -> AsyncIterator[None]:
    """Keeps the messages from being delivered again while they are worked on."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(_HEARTBEAT_SECONDS)
            for message in messages:
                await message.in_progress()

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await task
