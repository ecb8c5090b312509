"""The last stage of rematch jobs, which stands in the job's own row: one worker at a time."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.rematch.stored import FINISH, Outstanding, Refusal, Task
from services.matcher.storage.rematch_jobs import ACTIVE
from services.matcher.storage.rematch_partitions import NOW, alive, outstanding_task
from services.matcher.storage.rematch_tables import RematchTables
from shared.contracts.rematch import Computation, RematchState


class RematchFinishes:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: RematchTables, connection: AsyncConnection) -> None:
        self._job = tables.job
        self._connection = connection

    async def take(self, job: str, *, lease_seconds: float) -> Task | Refusal:
        """With a new attempt, unless it is over or another worker was alive within the lease."""
        columns = self._job.c
        query = sa.select(
            columns.state, alive(columns.finish_touched_at, lease_seconds).label("alive")
        ).where(columns.id == job)
        row = (await self._connection.execute(query.with_for_update())).first()
        if row is None or row.state != RematchState.FINISHING.value:
            return Refusal.OVER
        if row.alive:
            return Refusal.TAKEN
        taken = await self._connection.execute(
            self._job.update()
            .where(columns.id == job)
            .values(finish_attempt=columns.finish_attempt + 1, finish_touched_at=NOW)
            .returning(columns.finish_attempt)
        )
        return Task(job, FINISH, int(taken.scalar_one()))

    async def touch(self, task: Task) -> bool:
        """A sign of life; False when it is not this worker's any more, or the job is over."""
        touched = await self._connection.execute(
            self._job.update().where(self._held(task)).values(finish_touched_at=NOW)
        )
        return touched.rowcount > 0

    async def mine(self, task: Task) -> bool:
        """Whether it is this worker's still, as far as is known now; nothing is locked."""
        query = sa.select(self._job.c.id).where(self._held(task))
        return (await self._connection.execute(query)).first() is not None

    async def hold(self, task: Task) -> bool:
        """Whether it is this worker's still; nothing moves the job until the transaction ends."""
        query = sa.select(self._job.c.id).where(self._held(task)).with_for_update()
        return (await self._connection.execute(query)).first() is not None

    async def failed(self, task: Task) -> int:
        """Give it back after a failure; how many there were."""
        columns = self._job.c
        found = await self._connection.execute(
            self._job.update()
            .where(self._held(task))
            .values(finish_failures=columns.finish_failures + 1, finish_touched_at=None)
            .returning(columns.finish_failures)
        )
        return found.scalar_one_or_none() or 0

    async def failures(self, job: str) -> int:
        """How many there were."""
        query = sa.select(self._job.c.finish_failures).where(self._job.c.id == job)
        return (await self._connection.execute(query)).scalar_one_or_none() or 0

    async def outstanding(self, *, lost_seconds: float) -> list[Outstanding]:
        """Jobs whose last stage nobody may know of."""
        columns = self._job.c
        silent = sa.func.greatest(columns.finish_published_at, columns.finish_touched_at)
        query = (
            sa.select(
                columns.id.label("job"),
                sa.literal(FINISH).label("number"),
                columns.finish_attempt.label("attempt"),
                sa.literal(Computation.EXACT.value).label("computation"),
                columns.priority,
            )
            .where(
                columns.state == RematchState.FINISHING.value,
                sa.or_(silent.is_(None), sa.not_(alive(silent, lost_seconds))),
            )
            .with_for_update(skip_locked=True)
        )
        return [outstanding_task(row) for row in (await self._connection.execute(query)).all()]

    async def published(self, tasks: Sequence[Outstanding]) -> None:
        """Their messages are on the bus."""
        columns = self._job.c
        await self._connection.execute(
            self._job.update()
            .where(columns.id.in_([task.job for task in tasks]), columns.state.in_(ACTIVE))
            .values(finish_published_at=NOW)
        )

    def _held(self, task: Task) -> sa.ColumnElement[bool]:
        columns = self._job.c
        return sa.and_(
            columns.id == task.job,
            columns.finish_attempt == task.attempt,
            columns.state == RematchState.FINISHING.value,
        )
