"""Takes partitions of rematch jobs off the work queue."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from pydantic import TypeAdapter, ValidationError

from services.matcher.domain.rematch.stored import FINISH, Outstanding, Refusal
from services.matcher.service.rematch.computing import (
    ComputePartition,
    InputsChangedError,
    Pace,
    TaskLostError,
)
from services.matcher.service.rematch.finishing import FinishJob
from services.matcher.service.rematch.giving_up import GiveUp
from services.matcher.store import MatcherStore
from shared.bus import Bus, ConsumerSpec, OutgoingMessage, PullConsumer, ReceivedMessage
from shared.contracts.rematch import Computation, Priority
from shared.http.request_id import begin_turn
from shared.streams import REMATCH_STREAM

_log = structlog.get_logger("rematch")
_TASK = TypeAdapter(tuple[str, int])
_GLANCE_SECONDS = 0.02
_WAIT_SECONDS = 0.5
_PUBLISH_SECONDS = 1.0
_AT_ONCE = 500


def subject_of(computation: Computation, priority: str) -> str:
    """Of the messages that a worker with this ability takes."""
    return f"rematch.{computation.value}.{priority}"


def consumer_of(computation: Computation, priority: str, pace: Pace) -> ConsumerSpec:
    """Any number of deliveries: how often a task may fail is counted in PostgreSQL."""
    return ConsumerSpec(
        REMATCH_STREAM.name,
        f"rematch-{computation.value}-{priority}",
        subject_of(computation, priority),
        ack_wait_seconds=pace.ack_wait,
        max_deliver=-1,
    )


@dataclass
class PublishTasks:
    """Tells the queue of tasks that are in PostgreSQL; any process may do it."""

    store: MatcherStore
    bus: Bus
    pace: Pace

    async def run(self) -> None:
        """For ever; an error ends it, and it may be run again."""
        await self.bus.ensure_stream(REMATCH_STREAM)
        while True:
            begin_turn()
            if not await self.publish():
                await asyncio.sleep(_PUBLISH_SECONDS)

    async def publish(self) -> int:
        """How many: new ones, and those whose message must be lost."""
        async with self.store.transaction() as transaction:
            rematch, lost = transaction.rematch, self.pace.lost
            tasks = await rematch.partitions.outstanding(lost_seconds=lost, limit=_AT_ONCE)
            ends = await rematch.finishes.outstanding(lost_seconds=lost)
            known = await self.bus.publish([_message(one) for one in [*tasks, *ends]])
            await rematch.partitions.published(tasks[:known])
            await rematch.finishes.published(ends[: max(known - len(tasks), 0)])
        return known


class RematchWorker:
    """One task at a time, the most urgent first."""

    def __init__(
        self,
        bus: Bus,
        partitions: ComputePartition,
        finishing: FinishJob,
        giving_up: GiveUp,
        pace: Pace,
        idle: Callable[[], None] = lambda: None,
    ) -> None:
        """`idle` is called when nothing is left to do."""
        self._bus = bus
        self._partitions = partitions
        self._finishing = finishing
        self._giving_up = giving_up
        self._pace = pace
        self._idle = idle

    async def run(self) -> None:
        """For ever; an error of the bus ends it, and it may be run again."""
        await self._bus.ensure_stream(REMATCH_STREAM)
        consumers = [
            await self._bus.consumer(consumer_of(way, priority.value, self._pace))
            for priority in Priority
            for way in self._partitions.ways
        ]
        busy = False
        while True:
            begin_turn()
            message = await _next(consumers)
            if message:
                await self.handle(message)
            elif busy:
                self._idle()
            busy = message is not None

    async def handle(self, message: ReceivedMessage) -> None:
        """Ends acknowledged, dropped or to be delivered again."""
        try:
            job, number = _TASK.validate_json(message.data)
        except ValidationError:
            await message.drop()
            return
        try:
            async with _in_progress(message, self._pace.ack_wait / 3):
                refusal = await self._done(job, number)
        except TaskLostError:
            await message.ack()
        except InputsChangedError:
            await self._giving_up.inputs_changed(job)
            await message.ack()
        except Exception as error:
            await self._failed(message, job, number, error)
        else:
            await (message.retry(self._pace.retry) if refusal is Refusal.TAKEN else message.ack())

    async def _done(self, job: str, number: int) -> Refusal | None:
        if number == FINISH:
            return await self._finishing.finish(job)
        return await self._partitions.compute(job, number)

    async def _failed(
        self, message: ReceivedMessage, job: str, number: int, error: Exception
    ) -> None:
        _log.error("rematch_task_failed", job=job, number=number, exc_info=error)
        if await self._giving_up.too_often(job, number, type(error).__name__):
            await message.ack()
        else:
            await message.retry(self._pace.retry)


async def _next(consumers: Sequence[PullConsumer]) -> ReceivedMessage | None:
    """A glance at the urgent ones, and a wait at the last."""
    for place, consumer in enumerate(consumers):
        wait = _WAIT_SECONDS if place == len(consumers) - 1 else _GLANCE_SECONDS
        for message in await consumer.fetch(1, wait_seconds=wait):
            return message
    return None


def _message(task: Outstanding) -> OutgoingMessage:
    return OutgoingMessage(
        subject=subject_of(task.computation, task.priority),
        message_id=f"{task.job}.{task.number}.{task.attempt}",
        data=_TASK.dump_json((task.job, task.number)),
    )


@asynccontextmanager
async def _in_progress(message: ReceivedMessage, seconds: float) -> AsyncIterator[None]:
    async def beat() -> None:
        while True:
            await asyncio.sleep(seconds)
            await message.in_progress()

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await task
