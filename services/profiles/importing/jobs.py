"""Import jobs in PostgreSQL: their state, their report."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from services.profiles.importing.schema import COUNTS, import_chunks, import_jobs, import_problems
from shared.contracts.imports import (
    ImportCounts,
    ImportFormat,
    ImportJob,
    ImportJobPage,
    ImportStatus,
    RowProblem,
    RowProblemPage,
)
from shared.contracts.principal import Principal, Role
from shared.db import Database

_OPEN = (ImportStatus.RECEIVING.value, ImportStatus.RUNNING.value)
_ABANDONED = "an upload that stopped half-way; send the file again"


@dataclass(frozen=True)
class RunningJob:
    """What a runner needs to go on with a job."""

    job: ImportJob
    principal: Principal


class ImportJobs:
    """Reads and moves jobs; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(
        self, principal: Principal, format: ImportFormat, file_name: str, *, dry_run: bool
    ) -> str:
        """A job that is receiving its file; its id."""
        job_id, now = uuid4().hex, datetime.now(UTC)
        values = {
            "id": job_id,
            "format": format.value,
            "file_name": file_name,
            "dry_run": dry_run,
            "status": ImportStatus.RECEIVING.value,
            "subject": principal.subject,
            "role": principal.role.value,
            "started_at": now,
            "progress_at": now,
        }
        async with self._database.transaction() as connection:
            await connection.execute(import_jobs.insert().values(values))
        return job_id

    async def find(self, job_id: str) -> ImportJob | None:
        """A job."""
        query = import_jobs.select().where(import_jobs.c.id == job_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return _job(row) if row else None

    async def page(self, before: int | None, limit: int) -> ImportJobPage:
        """Jobs, newest first."""
        query = import_jobs.select().order_by(import_jobs.c.number.desc()).limit(limit + 1)
        if before is not None:
            query = query.where(import_jobs.c.number < before)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return ImportJobPage(
            items=tuple(map(_job, rows[:limit])),
            next_cursor=str(rows[limit - 1].number) if len(rows) > limit else None,
        )

    async def problems(
        self, job_id: str, after: tuple[int, int] | None, limit: int
    ) -> RowProblemPage:
        """The report, in line order; `after` is the line and the number of the last one read."""
        table = import_problems.c
        query = import_problems.select().where(table.job_id == job_id)
        if after is not None:
            query = query.where(sa.tuple_(table.line, table.number) > after)
        query = query.order_by(table.line, table.number).limit(limit + 1)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        last = rows[limit - 1] if len(rows) > limit else None
        return RowProblemPage(
            items=tuple(map(_problem, rows[:limit])),
            next_cursor=f"{last.line}.{last.number}" if last else None,
        )

    async def oldest_running(self, *, skipping: set[str]) -> RunningJob | None:
        """The job to work on next."""
        return await self._running(import_jobs.c.id.not_in(skipping))

    async def running(self, job_id: str) -> RunningJob | None:
        """This job, if it is to be worked on."""
        return await self._running(import_jobs.c.id == job_id)

    async def _running(self, condition: sa.ColumnElement[bool]) -> RunningJob | None:
        table = import_jobs.c
        query = import_jobs.select().where(table.status == ImportStatus.RUNNING.value, condition)
        async with self._database.reading() as connection:
            row = (await connection.execute(query.order_by(table.number).limit(1))).first()
        if row is None:
            return None
        return RunningJob(_job(row), Principal(subject=row.subject, role=Role(row.role)))

    async def expect(self, job_id: str, rows: int) -> None:
        """Note how many rows there will be."""
        async with self._database.transaction() as connection:
            await connection.execute(
                import_jobs.update().where(import_jobs.c.id == job_id).values(rows_expected=rows)
            )

    async def end(self, job_id: str, status: ImportStatus, problem: str | None = None) -> bool:
        """Close a job that is still open and drop its file; False if it was closed already."""
        values: dict[str, Any] = {
            "status": status.value,
            "finished_at": datetime.now(UTC),
            "problem": problem,
        }
        if status is ImportStatus.DONE:
            values["rows_expected"] = import_jobs.c.rows
        update = import_jobs.update().where(
            import_jobs.c.id == job_id, import_jobs.c.status.in_(_OPEN)
        )
        async with self._database.transaction() as connection:
            ended = (await connection.execute(update.values(values))).rowcount == 1
            if ended:
                await connection.execute(
                    import_chunks.delete().where(import_chunks.c.job_id == job_id)
                )
        return ended

    async def fail_abandoned(self, *, before: datetime) -> None:
        """Close uploads that have not moved since, because their process died."""
        table = import_jobs.c
        query = sa.select(table.id).where(
            table.status == ImportStatus.RECEIVING.value, table.progress_at < before
        )
        async with self._database.reading() as connection:
            abandoned = (await connection.execute(query)).scalars().all()
        for job_id in abandoned:
            await self.end(job_id, ImportStatus.FAILED, _ABANDONED)


def _job(row: Any) -> ImportJob:
    return ImportJob(
        id=row.id,
        format=ImportFormat(row.format),
        file_name=row.file_name,
        dry_run=row.dry_run,
        status=ImportStatus(row.status),
        counts=ImportCounts(**{name: getattr(row, name) for name in COUNTS}),
        rows_expected=row.rows_expected,
        problem=row.problem,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _problem(row: Any) -> RowProblem:
    names = ("line", "organisation", "field", "problem", "mend")
    return RowProblem(**{name: getattr(row, name) for name in names})
