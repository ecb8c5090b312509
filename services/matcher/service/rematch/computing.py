"""One partition: taken, computed with signs of life, staged once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from services.matcher.domain.rematch.stored import Refusal, Staged, StoredJob, Task
from services.matcher.store import MatcherStore
from shared.contracts.rematch import Computation, RematchState


@dataclass(frozen=True)
class Pace:
    """Seconds. The lease must outlast some heartbeats and be shorter than the queue's patience."""

    heartbeat: float = 1.0
    lease: float = 25.0
    ack_wait: float = 30.0
    lost: float = 90.0
    """After such a silence the message is taken for lost."""
    retry: float = 5.0


@dataclass
class Progress:
    """Told by the computation, read by the heartbeat."""

    organisations: int = 0


class InputsChangedError(Exception):
    """The model or the statistics are others than the job began with."""


class TaskLostError(Exception):
    """The job was cancelled, or another worker has taken over."""


class Compute(Protocol):
    """One way to candidates; see `Computation`."""

    async def computed(self, job: StoredJob, task: Task, progress: Progress) -> Staged:
        """What is kept of a partition. Raises InputsChangedError, TaskLostError; cancelled, it
        stops within a block."""


@dataclass(frozen=True)
class ComputePartition:
    """Safe to be called by any number of workers for the same partition."""

    store: MatcherStore
    worker: str
    ways: dict[Computation, Compute]
    pace: Pace = Pace()

    async def compute(self, job: str, number: int) -> Refusal | None:
        """None when its result is staged.

        Raises TaskLostError, InputsChangedError, and what the computation raises.
        """
        async with self.store.transaction() as transaction:
            taken = await transaction.rematch.partitions.take(
                job, number, self.worker, lease_seconds=self.pace.lease
            )
            stored = await transaction.rematch.jobs.get(job)
        if isinstance(taken, Refusal) or stored is None:
            return taken if isinstance(taken, Refusal) else Refusal.OVER
        try:
            await self._computed(stored, taken)
        except (TaskLostError, InputsChangedError, asyncio.CancelledError):
            raise
        except Exception:
            async with self.store.transaction() as transaction:
                await transaction.rematch.partitions.failed(taken)
            raise
        return None

    async def _computed(self, stored: StoredJob, task: Task) -> None:
        progress = Progress()
        way = self.ways[stored.job.computation]
        async with self._alive(task, progress):
            staged = await way.computed(stored, task, progress)
        await self._stage(task, staged)

    async def _stage(self, task: Task, staged: Staged) -> None:
        async with self.store.transaction() as transaction:
            partitions = transaction.rematch.partitions
            if not await partitions.stage(task, staged):
                raise TaskLostError(task)
            if not await partitions.open(task.job):
                await transaction.rematch.jobs.move(task.job, RematchState.FINISHING)

    @asynccontextmanager
    async def _alive(self, task: Task, progress: Progress) -> AsyncIterator[None]:
        """Signs of life meanwhile; the block is cancelled as soon as the task is lost."""
        own = asyncio.current_task()
        assert own
        lost = asyncio.Event()

        async def beat() -> None:
            while True:
                await asyncio.sleep(self.pace.heartbeat)
                async with self.store.transaction() as transaction:
                    mine = await transaction.rematch.partitions.touch(task, progress.organisations)
                if not mine:
                    lost.set()
                    own.cancel()
                    return

        beating = asyncio.create_task(beat())
        try:
            yield
        except asyncio.CancelledError:
            if lost.is_set() and own.uncancel() == 0:
                raise TaskLostError(task) from None
            raise
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await beating
