"""Rematch jobs in PostgreSQL."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.rematch.plan import Plan, plan_from_bytes, plan_to_bytes
from services.matcher.domain.rematch.stored import (
    Basis,
    JobFilter,
    NewJob,
    NewPartition,
    StoredJob,
)
from services.matcher.storage.rematch_tables import RematchTables
from shared.contracts.rematch import (
    Computation,
    JobProblem,
    RematchFigures,
    RematchJob,
    RematchOptions,
    RematchProgress,
    RematchScope,
    RematchState,
    RunVersions,
)

if TYPE_CHECKING:
    from sqlalchemy.sql.selectable import LateralFromClause

ACTIVE = (RematchState.QUEUED.value, RematchState.RUNNING.value, RematchState.FINISHING.value)
_LIVELY_SECONDS = 30


class RematchJobs:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: RematchTables, connection: AsyncConnection) -> None:
        self._tables = tables
        self._job = tables.job
        self._connection = connection

    async def claim(self, name: str) -> None:
        """Whoever else does the same under this name waits until the transaction ends."""
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"rematch {name}", 0))
        await self._connection.execute(sa.select(lock))

    async def add(self, job: NewJob) -> bool:
        """With its partitions; False while another one of the same scope is active."""
        statement = (
            insert(self._job)
            .values(_row(job))
            .on_conflict_do_nothing(
                index_elements=["scope_key"],
                index_where=self._job.c.state.in_(
                    [sa.literal_column(f"'{one}'") for one in ACTIVE]
                ),
            )
        )
        added = await self._connection.execute(statement.returning(self._job.c.id))
        if added.first() is None:
            return False
        rows = [_partition_row(job.id, *one) for one in enumerate(job.partitions)]
        await self._connection.execute(self._tables.partition.insert(), rows)
        plan = {"job": job.id, "plan": plan_to_bytes(job.plan)}
        await self._connection.execute(self._tables.plan.insert().values(plan))
        return True

    async def plan(self, id: str) -> Plan | None:
        """What a job at work computes with."""
        columns = self._tables.plan.c
        query = sa.select(columns.plan).where(columns.job == id)
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return plan_from_bytes(found) if found else None

    async def active_of(self, scope_key: str) -> str | None:
        """The id of the job that is at work on this scope."""
        columns = self._job.c
        query = sa.select(columns.id).where(
            columns.scope_key == scope_key, columns.state.in_(ACTIVE)
        )
        found: str | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found

    async def any_active(self) -> bool:
        """Whether one is at work."""
        active = sa.exists().where(self._job.c.state.in_(ACTIVE))
        return bool(await self._connection.scalar(sa.select(active)))

    async def active_with(self, computation: Computation) -> bool:
        """Whether a job at work finds its candidates in this way."""
        columns = self._job.c
        query = sa.select(columns.id).where(
            columns.computation == computation.value, columns.state.in_(ACTIVE)
        )
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def by_request(self, started_by: str, request_key: str) -> StoredJob | None:
        """What came with this key before."""
        columns = self._job.c
        found = await self._connection.execute(
            self._read().where(columns.started_by == started_by, columns.request_key == request_key)
        )
        row = found.first()
        return _stored(row) if row else None

    async def get(self, id: str, *, lock: bool = False) -> StoredJob | None:
        """One of them; locked, nothing else moves it until the transaction ends."""
        if lock:
            await self._connection.execute(
                sa.select(self._job.c.id).where(self._job.c.id == id).with_for_update()
            )
        row = (await self._connection.execute(self._read().where(self._job.c.id == id))).first()
        return _stored(row) if row else None

    async def page(self, wanted: JobFilter, *, before: int | None, limit: int) -> list[StoredJob]:
        """The next ones, older than that number."""
        columns = self._job.c
        query = self._read().order_by(columns.number.desc()).limit(limit)
        if before is not None:
            query = query.where(columns.number < before)
        for name in ("state", "dry_run", "schedule"):
            if (value := getattr(wanted, name)) is not None:
                query = query.where(columns[name] == value)
        return [_stored(row) for row in await self._connection.execute(query)]

    async def move(
        self, id: str, state: RematchState, *, problem: JobProblem | None = None
    ) -> bool:
        """From an active state; whether it was in one."""
        columns = self._job.c
        changes: dict[str, Any] = {"state": state.value}
        if state.ended:
            changes["finished_at"] = sa.func.clock_timestamp()
            changes["problem"] = problem.model_dump() if problem else None
        moved = await self._connection.execute(
            self._job.update().where(columns.id == id, columns.state.in_(ACTIVE)).values(changes)
        )
        if state.ended:
            await self._let_go(id)
        return moved.rowcount > 0

    async def _let_go(self, id: str) -> None:
        """What only a job at work needs."""
        partition = self._tables.partition
        for table in (self._tables.staged, self._tables.plan):
            await self._connection.execute(table.delete().where(table.c.job == id))
        at_work = sa.exists().where(self._job.c.state.in_(ACTIVE))
        await self._connection.execute(self._tables.kept.delete().where(sa.not_(at_work)))
        await self._connection.execute(
            partition.update().where(partition.c.job == id).values(organisations=[])
        )

    def _read(self) -> sa.Select[Any]:
        job, run = self._job, self._tables.run
        progress = self._progress()
        return (
            sa.select(job, run.c.versions, run.c.figures, *progress.c)
            .select_from(job)
            .outerjoin(run, run.c.job == job.c.id)
            .join(progress, sa.true())
        )

    def _progress(self) -> "LateralFromClause":
        partition = self._tables.partition.c
        lively = sa.func.clock_timestamp() - sa.text(f"interval '{_LIVELY_SECONDS} seconds'")
        at_work = sa.and_(sa.not_(partition.done), partition.touched_at > lively)
        seconds = sa.func.coalesce(self._job.c.finished_at, sa.func.clock_timestamp())
        return (
            sa.select(
                sa.func.coalesce(sa.func.sum(partition.computed), 0).label("computed"),
                sa.func.count().filter(partition.done).label("partitions_done"),
                sa.func.count(partition.worker.distinct()).filter(at_work).label("workers"),
                sa.func.array_agg(sa.distinct(partition.product))
                .filter(partition.product.is_not(None))
                .label("products"),
                sa.func.extract("epoch", seconds - self._job.c.started_at).label("seconds"),
            )
            .where(partition.job == self._job.c.id)
            .lateral("progress")
        )


def _row(job: NewJob) -> dict[str, Any]:
    request, origin = job.request, job.origin
    return {
        "id": job.id,
        "scope": request.scope.model_dump(mode="json"),
        "scope_key": job.scope_key,
        "options": request.options.model_dump(mode="json"),
        "computation": job.computation.value,
        "dry_run": request.dry_run,
        "priority": request.priority.value,
        "reason": request.reason,
        "state": RematchState.QUEUED.value,
        "organisations": job.organisations,
        "partitions": len(job.partitions),
        "basis": asdict(job.basis),
        "request": job.digest,
        **asdict(origin),
    }


def _partition_row(job: str, number: int, one: NewPartition) -> dict[str, Any]:
    return {
        "job": job,
        "number": number,
        "organisations": list(one.organisations),
        "size": len(one.organisations),
        "stage": one.stage,
        "pair": list(one.pair) if one.pair else None,
    }


def _stored(row: Any) -> StoredJob:
    state = RematchState(row.state)
    job = RematchJob(
        id=row.id,
        scope=RematchScope.model_validate(row.scope),
        options=RematchOptions.model_validate(row.options),
        computation=Computation(row.computation),
        products=tuple(sorted(row.products or ())),
        dry_run=row.dry_run,
        priority=row.priority,
        reason=row.reason,
        state=state,
        progress=_progress(row, state),
        versions=RunVersions.model_validate(row.versions) if row.versions else None,
        figures=RematchFigures.model_validate(row.figures) if row.figures else None,
        problem=JobProblem.model_validate(row.problem) if row.problem else None,
        retry_of=row.retry_of,
        schedule=row.schedule,
        started_by=row.started_by,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
    return StoredJob(row.number, row.request, Basis(**row.basis), job)


def _progress(row: Any, state: RematchState) -> RematchProgress:
    done, seconds = int(row.computed), float(row.seconds or 0)
    rate = done / seconds if done and seconds > 0 else None
    working = state is RematchState.RUNNING
    return RematchProgress(
        organisations=row.organisations,
        organisations_done=done,
        partitions=row.partitions,
        partitions_done=row.partitions_done,
        workers=0 if state.ended else row.workers,
        per_second=round(rate, 2) if rate else None,
        seconds_left=round((row.organisations - done) / rate, 1) if rate and working else None,
    )
