"""Organisations in PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.stored import KnownVersion, OrganisationState
from services.profiles.idempotency_store import IdempotencyStore
from services.profiles.listing import list_query, summary_of
from services.profiles.ports import (
    ConcurrentWriteError,
    IdentifierTakenError,
    ListFilter,
)
from services.profiles.recordset import insert_rows
from services.profiles.rows import (
    erased_values,
    organisation_values,
    profile_of,
    state_of,
    version_values,
)
from services.profiles.schema import organisation_versions, organisations, outbox
from shared.contracts.organisation import (
    OrganisationPage,
    OrganisationVersion,
    Status,
    VersionManifest,
    VersionPage,
    VersionStamp,
)
from shared.contracts.principal import Principal
from shared.db import Database
from shared.outbox import OutboxEvent, append_events

_IDENTIFIER_CONSTRAINTS = {"organisations_uscc": "uscc", "organisations_ror": "ror"}
_RACES = frozenset({"23505", "40001", "40P01"})
"""unique_violation, serialization_failure, deadlock_detected."""


class PostgresOrganisationStore(IdempotencyStore):
    """Organisations and their history over one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._connection = connection
        self.connection = connection

    async def find(self, organisation_id: str, *, lock: bool = False) -> OrganisationState | None:
        query = _states().where(organisations.c.id == organisation_id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).first()
        return state_of(row) if row else None

    async def find_many(self, ids: Sequence[str]) -> list[OrganisationState]:
        query = _states().where(_among(organisations.c.id, ids)).order_by(organisations.c.id)
        return [state_of(row) for row in await self._connection.execute(query)]

    async def stamp(self, organisation_id: str) -> VersionStamp | None:
        query = _stamps().where(organisations.c.id == organisation_id)
        row = (await self._connection.execute(query)).first()
        return _stamp(row) if row else None

    async def manifest(self, after: str | None, limit: int) -> VersionManifest:
        query = _stamps().order_by(organisations.c.id).limit(limit + 1)
        if after is not None:
            query = query.where(organisations.c.id > after)
        stamps = [_stamp(row) for row in await self._connection.execute(query)]
        more = len(stamps) > limit
        return VersionManifest(
            items=tuple(stamps[:limit]), next_cursor=stamps[limit - 1].id if more else None
        )

    async def known(self, ids: Sequence[str]) -> dict[str, KnownVersion]:
        columns = organisations.c
        query = sa.select(
            columns.id, columns.version, columns.status, columns.digest, columns.created_at
        ).where(_among(columns.id, ids))
        return {
            row.id: KnownVersion(row.version, Status(row.status), row.digest, row.created_at)
            for row in await self._connection.execute(query)
        }

    async def holders(self, field: str, values: Sequence[str]) -> dict[str, str]:
        if not values:
            return {}
        column = organisations.c[field]
        query = sa.select(column.label("value"), organisations.c.id).where(_among(column, values))
        return {row.value: row.id for row in await self._connection.execute(query)}

    async def write(
        self, states: Sequence[OrganisationState], *, author: str, at: datetime | None = None
    ) -> None:
        if not states:
            return
        # One order for all writers, so that two bulk writes cannot wait for each other.
        ordered = sorted(states, key=lambda state: state.id)
        try:
            written = await self._upsert([organisation_values(state) for state in ordered])
        except DBAPIError as error:
            raise lost_race(error) or error from error
        if written != len(states):
            raise ConcurrentWriteError
        history = [version_values(state, author, at) for state in ordered]
        await self._connection.execute(insert_rows(organisation_versions, history))

    async def erase(self, state: OrganisationState, *, author: str) -> None:
        table, history = organisations, organisation_versions
        await self._connection.execute(
            table.update()
            .where(table.c.id == state.id)
            .values(version=state.version, **erased_values(state.updated_at))
        )
        await self._connection.execute(
            history.update().where(history.c.organisation_id == state.id).values(profile=sa.null())
        )
        await self._connection.execute(insert_rows(history, [version_values(state, author)]))

    async def append(self, events: Sequence[OutboxEvent]) -> None:
        await append_events(self._connection, outbox, events)

    async def page(
        self, wanted: ListFilter, reader: Principal, *, after: str | None, limit: int
    ) -> OrganisationPage:
        query = list_query(wanted, reader, after=after, limit=limit)
        rows = (await self._connection.execute(query)).all()
        items = tuple(summary_of(row) for row in rows[:limit])
        return OrganisationPage(
            items=items, next_cursor=items[-1].id if len(rows) > limit else None
        )

    async def history(self, organisation_id: str, *, before: int | None, limit: int) -> VersionPage:
        table = organisation_versions
        query = (
            table.select()
            .where(table.c.organisation_id == organisation_id)
            .order_by(table.c.version.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(table.c.version < before)
        rows = (await self._connection.execute(query)).all()
        items = tuple(_version(row) for row in rows[:limit])
        return VersionPage(
            items=items, next_cursor=str(items[-1].version) if len(rows) > limit else None
        )

    async def version(self, organisation_id: str, version: int) -> OrganisationVersion | None:
        table = organisation_versions
        query = table.select().where(
            table.c.organisation_id == organisation_id, table.c.version == version
        )
        row = (await self._connection.execute(query)).first()
        return _version(row) if row else None

    async def _upsert(self, rows: list[dict[str, Any]]) -> int:
        """Insert first versions, replace exact predecessors; how many rows that were."""
        new = insert_rows(organisations, rows)
        kept = ("id", "created_at")
        changes = {c.name: new.excluded[c.name] for c in organisations.c if c.name not in kept}
        statement = new.on_conflict_do_update(
            index_elements=["id"],
            set_=changes,
            where=organisations.c.version == new.excluded.version - 1,
        )
        return (await self._connection.execute(statement)).rowcount


class PostgresOrganisationStores:
    """Opens stores over the process's connection pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PostgresOrganisationStore]:
        """Committed when the block ends, rolled back when it raises."""
        async with self._database.transaction() as connection:
            yield PostgresOrganisationStore(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[PostgresOrganisationStore]:
        """For reads only."""
        async with self._database.reading() as connection:
            yield PostgresOrganisationStore(connection)


def _states() -> sa.Select[Any]:
    columns = organisations.c
    return sa.select(
        columns.id,
        columns.version,
        columns.status,
        columns.profile,
        columns.created_at,
        columns.updated_at,
        columns.held,
    )


def _stamps() -> sa.Select[Any]:
    return sa.select(organisations.c.id, organisations.c.version, organisations.c.status)


def _among(column: sa.ColumnElement[Any], values: Sequence[str]) -> sa.ColumnElement[bool]:
    """One array parameter: no limit on how many, and one prepared statement."""
    return column == sa.any_(sa.cast(list(values), sa.ARRAY(sa.Text)))


def _stamp(row: Any) -> VersionStamp:
    return VersionStamp(id=row.id, version=row.version, status=Status(row.status))


def _version(row: Any) -> OrganisationVersion:
    return OrganisationVersion(
        version=row.version,
        status=Status(row.status),
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        profile=profile_of(row.profile),
    )


def lost_race(error: DBAPIError) -> ConcurrentWriteError | None:
    """The error as a lost race, if it is one."""
    if getattr(error.orig, "sqlstate", None) not in _RACES:
        return None
    cause = error.orig.__cause__ if error.orig else None
    field = _IDENTIFIER_CONSTRAINTS.get(getattr(cause, "constraint_name", "") or "")
    return IdentifierTakenError(field) if field else ConcurrentWriteError()
