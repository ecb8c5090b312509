"""Events in PostgreSQL, numbered in the order in which they become visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.notes import NewEvent
from services.gateway.messages.tables import events
from shared.contracts.messages import PlatformEvent

_LOCK = 0x0E7E
_COLUMNS = (events.c.id, events.c.type, events.c.audience, events.c.data, events.c.occurred_at)


@dataclass(frozen=True)
class StoredEvent:
    """An event and who is told."""

    event: PlatformEvent
    audience: frozenset[str]


async def hold_order(connection: AsyncConnection) -> None:
    """Writers wait for each other until their transactions end: a reader that has seen a number
    has seen all below it."""
    await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


async def add(
    connection: AsyncConnection, fresh: Sequence[NewEvent], moment: datetime
) -> list[StoredEvent]:
    """Keep those that are new; they come back with their numbers. `hold_order` goes before."""
    if not fresh:
        return []
    values = [
        {
            "source": one.source,
            "type": one.type.value,
            "audience": list(one.audience),
            "data": one.data,
            "occurred_at": one.occurred_at,
            "created_at": moment,
        }
        for one in fresh
    ]
    statement = insert(events).on_conflict_do_nothing().returning(*_COLUMNS)
    return [_stored(row) for row in await connection.execute(statement, values)]


async def after(
    connection: AsyncConnection,
    number: int,
    *,
    audience: Sequence[str] | None = None,
    limit: int = 500,
) -> list[StoredEvent]:
    """What follows a number, oldest first; for one audience, or all."""
    query = sa.select(*_COLUMNS).where(events.c.id > number).order_by(events.c.id).limit(limit)
    if audience is not None:
        query = query.where(events.c.audience.overlap(sa.cast(list(audience), ARRAY(sa.Text))))
    return [_stored(row) for row in await connection.execute(query)]


async def bounds(connection: AsyncConnection) -> tuple[int, int]:
    """The smallest and the largest number that is kept; 0, 0 for none."""
    query = sa.select(sa.func.min(events.c.id), sa.func.max(events.c.id))
    low, high = (await connection.execute(query)).one()
    return int(low or 0), int(high or 0)


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Old ones go, but for the newest: its number is needed."""
    newest = sa.select(sa.func.max(events.c.id)).scalar_subquery()
    await connection.execute(
        events.delete().where(events.c.created_at < before, events.c.id < newest)
    )


def _stored(row: Any) -> StoredEvent:
    data = {**row.data, "id": row.id, "type": row.type, "occurred_at": row.occurred_at}
    return StoredEvent(PlatformEvent.model_validate(data), frozenset(row.audience))
