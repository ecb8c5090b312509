"""Which collection is live, and the gate that a swap closes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.stored import IndexState

_GATE = 0x4D41
_ROW = 1


class IndexStates:
    """One row; writers of the index pass the gate, a swap closes it until its commit."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def get(self) -> IndexState | None:
        """The live collection; None before the first start."""
        row = (await self._connection.execute(sa.select(self._table))).first()
        if row is None:
            return None
        return IndexState(
            row.collection, row.model, row.statistics_version, row.indexed_at, row.erased_at
        )

    async def put(self, state: IndexState) -> None:
        """Make this collection the live one."""
        values = {
            "collection": state.collection,
            "model": state.model,
            "statistics_version": state.statistics_version,
        }
        statement = insert(self._table).values(id=_ROW, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values)
        )

    async def note_indexed(self) -> None:
        """A change was taken in just now."""
        await self._connection.execute(self._table.update().values(indexed_at=sa.func.now()))

    async def note_erased(self) -> None:
        """Something was erased from the live collection; behind the gate."""
        await self._connection.execute(
            self._table.update().values(erased_at=sa.func.clock_timestamp())
        )

    async def moment(self) -> datetime:
        """By the database's clock; behind a closed gate, every erasure is before or after it."""
        found = await self._connection.execute(sa.select(sa.func.clock_timestamp()))
        now: datetime = found.scalar_one()
        return now

    async def forget_erased(self, before: datetime) -> None:
        """The live collection was built after this moment."""
        old = self._table.c.erased_at < before
        await self._connection.execute(self._table.update().where(old).values(erased_at=None))

    async def pass_gate(self) -> None:
        """Keep a swap out until this transaction ends; waits for one in progress."""
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_GATE)))

    async def close_gate(self) -> None:
        """Keep every other writer out until this transaction ends."""
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_GATE)))
