"""Partitions of rematch jobs: who works on what, and what came of it, once."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.rematch.stored import Outstanding, Refusal, Staged, Task
from services.matcher.storage.rematch_tables import RematchTables
from shared.contracts.rematch import Computation, RematchState

NOW = sa.func.clock_timestamp()
_COMPUTING = (RematchState.QUEUED.value, RematchState.RUNNING.value)


class RematchPartitions:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: RematchTables, connection: AsyncConnection) -> None:
        self._job = tables.job
        self._partition = tables.partition
        self._staged = tables.staged
        self._connection = connection

    async def take(
        self, job: str, number: int, worker: str, *, lease_seconds: float
    ) -> Task | Refusal:
        """With a new attempt, unless it is over or another worker was alive within the lease."""
        columns = self._partition.c
        if not await self._started(job):
            return Refusal.OVER
        mine = sa.and_(columns.job == job, columns.number == number)
        row = (
            await self._connection.execute(
                sa.select(columns.done, alive(columns.touched_at, lease_seconds).label("alive"))
                .where(mine)
                .with_for_update()
            )
        ).first()
        if row is None or row.done:
            return Refusal.OVER
        if row.alive:
            return Refusal.TAKEN
        changes = {"attempt": columns.attempt + 1, "worker": worker, "touched_at": NOW}
        taken = self._partition.update().where(mine).values(**changes, computed=0)
        asked = (columns.attempt, columns.organisations, columns.pair)
        found = (await self._connection.execute(taken.returning(*asked))).one()
        pair = (found.pair[0], found.pair[1]) if found.pair else None
        return Task(job, number, found.attempt, tuple(found.organisations), pair)

    async def touch(self, task: Task, computed: int) -> bool:
        """A sign of life; False when the task is not this worker's any more, or its job is over."""
        columns = self._partition.c
        at_work = sa.exists().where(self._job.c.id == task.job, self._job.c.state.in_(_COMPUTING))
        touched = await self._connection.execute(
            self._partition.update()
            .where(self._held(task), at_work)
            .values(touched_at=NOW, computed=sa.func.least(computed, columns.size))
        )
        return touched.rowcount > 0

    async def stage(self, task: Task, staged: Staged) -> bool:
        """Keep a result, once; False when another attempt has taken over or the job is over."""
        if not await self._locked(task.job, _COMPUTING):
            return False
        columns = self._partition.c
        done = await self._connection.execute(
            self._partition.update()
            .where(self._held(task))
            .values(done=True, computed=columns.size, touched_at=NOW, product=staged.product)
        )
        if not done.rowcount:
            return False
        row = {"job": task.job, "number": task.number, "attempt": task.attempt}
        row |= {"result": staged.result, "evidence": staged.evidence}
        await self._connection.execute(insert(self._staged).values(row).on_conflict_do_nothing())
        return True

    async def failed(self, task: Task) -> int:
        """Give it back after a failure; how many there were."""
        columns = self._partition.c
        found = await self._connection.execute(
            self._partition.update()
            .where(self._held(task))
            .values(failures=columns.failures + 1, touched_at=None, worker=None)
            .returning(columns.failures)
        )
        return found.scalar_one_or_none() or 0

    async def failures(self, job: str, number: int) -> int:
        """How many there were."""
        columns = self._partition.c
        query = sa.select(columns.failures).where(columns.job == job, columns.number == number)
        return (await self._connection.execute(query)).scalar_one_or_none() or 0

    async def open(self, job: str) -> int:
        """Partitions that are not done."""
        columns = self._partition.c
        query = sa.select(sa.func.count()).where(columns.job == job, sa.not_(columns.done))
        return int((await self._connection.execute(query)).scalar_one())

    async def results(self, job: str, stage: int) -> list[bytes]:
        """In the order of the partitions, whoever has computed them in which order."""
        query = self._results(self._staged.c.result, job).where(self._partition.c.stage == stage)
        query = query.order_by(self._partition.c.number)
        return [bytes(one) for one in (await self._connection.execute(query)).scalars()]

    async def pair_results(self, job: str, groups: Collection[int]) -> list[bytes]:
        """Of the pairs in which any of these groups is, in their order."""
        columns = self._partition.c
        among = columns.pair.op("&&")(sa.cast(sorted(groups), ARRAY(sa.Integer)))
        query = self._results(self._staged.c.result, job).where(among).order_by(columns.number)
        return [bytes(one) for one in (await self._connection.execute(query)).scalars()]

    async def evidence(self, job: str, number: int) -> bytes | None:
        """What a partition has kept for its pairs."""
        query = self._results(self._staged.c.evidence, job).where(
            self._partition.c.number == number
        )
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return bytes(found) if found else None

    async def listed(self, job: str) -> list[int]:
        """Numbers of the partitions that have scored lists."""
        columns = self._partition.c
        query = sa.select(columns.number).where(columns.job == job, columns.pair.is_(None))
        return list((await self._connection.execute(query.order_by(columns.number))).scalars())

    def _results(self, wanted: sa.ColumnElement[Any], job: str) -> sa.Select[Any]:
        staged, partition = self._staged.c, self._partition.c
        return (
            sa.select(wanted)
            .join(
                self._partition,
                sa.and_(partition.job == staged.job, partition.number == staged.number),
            )
            .where(staged.job == job)
        )

    async def outstanding(self, *, lost_seconds: float, limit: int) -> list[Outstanding]:
        """Never published, or silent for so long that the message must be lost; marked."""
        columns, job = self._partition.c, self._job.c
        silent = sa.func.greatest(columns.published_at, columns.touched_at)
        earlier = self._partition.alias("earlier")
        waiting = sa.exists().where(
            earlier.c.job == columns.job,
            sa.not_(earlier.c.done),
            earlier.c.stage < columns.stage,
        )
        query = (
            sa.select(columns.job, columns.number, columns.attempt, job.computation, job.priority)
            .join(self._job, job.id == columns.job)
            .where(
                sa.not_(columns.done),
                job.state.in_(_COMPUTING),
                sa.not_(waiting),
                sa.or_(silent.is_(None), sa.not_(alive(silent, lost_seconds))),
            )
            .order_by(job.number, columns.number)
            .limit(limit)
            .with_for_update(of=self._partition, skip_locked=True)
        )
        rows = (await self._connection.execute(query)).all()
        return [outstanding_task(row) for row in rows]

    async def published(self, tasks: Sequence[Outstanding]) -> None:
        """Their messages are on the bus."""
        columns = self._partition.c
        keys = [(task.job, task.number) for task in tasks]
        if keys:
            await self._connection.execute(
                self._partition.update()
                .where(sa.tuple_(columns.job, columns.number).in_(keys))
                .values(published_at=NOW)
            )

    async def _started(self, job: str) -> bool:
        """Whether there is something to compute; the first task starts the job's clock."""
        if not await self._locked(job, _COMPUTING):
            return False
        columns = self._job.c
        await self._connection.execute(
            self._job.update()
            .where(columns.id == job, columns.state == RematchState.QUEUED.value)
            .values(state=RematchState.RUNNING.value, started_at=NOW)
        )
        return True

    async def _locked(self, job: str, states: Sequence[str]) -> bool:
        columns = self._job.c
        query = sa.select(columns.id).where(columns.id == job, columns.state.in_(states))
        return (await self._connection.execute(query.with_for_update())).first() is not None

    def _held(self, task: Task) -> sa.ColumnElement[bool]:
        columns = self._partition.c
        return sa.and_(
            columns.job == task.job,
            columns.number == task.number,
            columns.attempt == task.attempt,
            sa.not_(columns.done),
        )


def alive(moment: sa.ColumnElement[Any], seconds: float) -> sa.ColumnElement[bool]:
    """Null counts as long ago."""
    since = NOW - sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    return sa.func.coalesce(moment > since, sa.false())


def outstanding_task(row: Any) -> Outstanding:
    """A row with a task's columns."""
    return Outstanding(row.job, row.number, row.attempt, Computation(row.computation), row.priority)
