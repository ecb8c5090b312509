"""Which collection is live, and the gate that a swap closes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.stored import IndexState

_GATE = 0x4D41
_ROW = 1
_LEASE_SECONDS = 60
"""So long after its last sign of life a rebuild is taken for dead."""


class IndexStates:
    """One row; writers of the index pass the gate, a swap closes it until its commit."""

    def __init__(self, table: sa.Table, rebuild: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._rebuild = rebuild
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

    async def rebuilding(self) -> bool:
        """Whether any process builds another collection and has shown signs of life."""
        query = sa.select(self._rebuild.c.id).where(self._alive())
        return (await self._connection.execute(query)).first() is not None

    async def begin_rebuild(self, owner: str) -> bool:
        """Whether nobody else builds one; behind the closed gate."""
        if await self.rebuilding():
            return False
        values = {"owner": owner, "touched_at": sa.func.clock_timestamp()}
        statement = insert(self._rebuild).values(id=_ROW, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values)
        )
        return True

    async def touch_rebuild(self, owner: str) -> None:
        """A sign of life."""
        await self._connection.execute(
            self._rebuild.update()
            .where(self._rebuild.c.owner == owner)
            .values(touched_at=sa.func.clock_timestamp())
        )

    async def end_rebuild(self, owner: str) -> None:
        """It is over, for better or worse."""
        await self._connection.execute(self._rebuild.delete().where(self._rebuild.c.owner == owner))

    def _alive(self) -> sa.ColumnElement[bool]:
        since = sa.func.clock_timestamp() - sa.text(f"interval '{_LEASE_SECONDS} seconds'")
        return self._rebuild.c.touched_at > since

    async def pass_gate(self) -> None:
        """Keep a swap out until this transaction ends; waits for one in progress."""
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_GATE)))

    async def close_gate(self) -> None:
        """Keep every other writer out until this transaction ends."""
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_GATE)))
