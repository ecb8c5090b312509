"""Schedules of rematch jobs, and each due time once."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.rematch.stored import StoredFiring, StoredSchedule
from services.matcher.storage.rematch_tables import RematchTables
from shared.contracts.rematch import RematchRequest

_FIELDS = (
    *("id", "version", "name", "cron", "time_zone", "enabled", "next_at", "created_by"),
    *("request_key", "request", "created_at", "updated_at"),
)


class RematchSchedules:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: RematchTables, connection: AsyncConnection) -> None:
        self._table = tables.schedule
        self._firing = tables.firing
        self._connection = connection

    async def add(self, schedule: StoredSchedule) -> None:
        """Keep a new one."""
        await self._connection.execute(self._table.insert().values(_row(schedule)))

    async def put(self, schedule: StoredSchedule) -> None:
        """Change one that is there."""
        statement = self._table.update().where(self._table.c.id == schedule.id)
        await self._connection.execute(statement.values(_row(schedule)))

    async def remove(self, id: str) -> None:
        """With its history."""
        for table, column in ((self._firing, "schedule"), (self._table, "id")):
            await self._connection.execute(table.delete().where(table.c[column] == id))

    async def get(self, id: str, *, lock: bool = False) -> StoredSchedule | None:
        """One of them."""
        query = sa.select(self._table).where(self._table.c.id == id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).first()
        return _stored(row) if row else None

    async def by_request(self, created_by: str, request_key: str) -> StoredSchedule | None:
        """What came with this key before."""
        columns = self._table.c
        query = sa.select(self._table).where(
            columns.created_by == created_by, columns.request_key == request_key
        )
        row = (await self._connection.execute(query)).first()
        return _stored(row) if row else None

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[StoredSchedule]:
        """The next ones by name and id."""
        columns = self._table.c
        query = sa.select(self._table).order_by(columns.name, columns.id).limit(limit)
        if after:
            query = query.where(sa.tuple_(columns.name, columns.id) > sa.tuple_(*after))
        return [_stored(row) for row in await self._connection.execute(query)]

    async def due(self, now: datetime) -> StoredSchedule | None:
        """One whose time has come and that no other process has taken, locked."""
        columns = self._table.c
        query = (
            sa.select(self._table)
            .where(columns.enabled, columns.next_at <= now)
            .order_by(columns.next_at, columns.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = (await self._connection.execute(query)).first()
        return _stored(row) if row else None

    async def fire(self, firing: StoredFiring) -> bool:
        """Note what came of a due time; False when that was done before."""
        statement = insert(self._firing).values(vars(firing)).on_conflict_do_nothing()
        return (await self._connection.execute(statement)).rowcount > 0

    async def outcome(self, firing: StoredFiring) -> None:
        """What came of it after all."""
        columns = self._firing.c
        await self._connection.execute(
            self._firing.update()
            .where(columns.schedule == firing.schedule, columns.due_at == firing.due_at)
            .values(outcome=firing.outcome, job=firing.job, problem=firing.problem)
        )

    async def last(self, schedules: list[str]) -> dict[str, StoredFiring]:
        """The last firing of each."""
        columns = self._firing.c
        newest = (
            sa.select(columns.schedule, sa.func.max(columns.due_at))
            .where(columns.schedule.in_(schedules))
            .group_by(columns.schedule)
        )
        fields = (columns.schedule, columns.due_at, columns.outcome, columns.job, columns.problem)
        query = sa.select(*fields).where(sa.tuple_(columns.schedule, columns.due_at).in_(newest))
        rows = await self._connection.execute(query)
        return {row.schedule: StoredFiring(*row) for row in rows}


def _row(schedule: StoredSchedule) -> dict[str, Any]:
    values = {name: getattr(schedule, name) for name in _FIELDS}
    return {**values, "job": schedule.job.model_dump(mode="json")}


def _stored(row: Any) -> StoredSchedule:
    values = {name: getattr(row, name) for name in _FIELDS}
    return StoredSchedule(job=RematchRequest.model_validate(row.job), **values)
