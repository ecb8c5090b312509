"""Calls and their seats in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.call_store import RequestKey
from services.matcher.domain.calls.stored import (
    CallFilter,
    Place,
    ReaderScope,
    StoredCall,
    StoredSeat,
)
from services.matcher.storage.call_lists import (
    calls_needing_attention,
    page_of_calls,
    page_of_seats,
)
from services.matcher.storage.call_rows import call_of, call_row, seat_of, seat_row, summary_of
from services.matcher.storage.call_tables import CallTables
from shared.contracts.calls import CallSummary

_LOCK = 0x4341


class Calls:
    """Reads and writes within the caller's transaction."""

    def __init__(
        self, tables: CallTables, organisation: sa.Table, connection: AsyncConnection
    ) -> None:
        self._tables = tables
        self._call, self._seat = tables.call, tables.seat
        self._organisation = organisation
        self._connection = connection

    async def get(self, id: str) -> StoredCall | None:
        """One call with its seats."""
        return await self._read(sa.select(self._call).where(self._call.c.id == id))

    async def lock(self, id: str) -> StoredCall | None:
        """The same; nobody else changes it until the transaction ends."""
        query = sa.select(self._call).where(self._call.c.id == id)
        return await self._read(query.with_for_update())

    async def add(self, call: StoredCall, key: RequestKey | None = None) -> None:
        """A new one."""
        await self._connection.execute(self._call.insert().values(call_row(call) | _request(key)))

    async def save(self, call: StoredCall, key: RequestKey | None = None) -> StoredCall:
        """A locked one, as it is now; the seat that has no id yet gets one, and the key."""
        row = call_row(call)
        await self._connection.execute(
            self._call.update().where(self._call.c.id == call.id).values(row)
        )
        return replace(call, seats=tuple([await self._kept(call.id, s, key) for s in call.seats]))

    async def by_request(self, key: RequestKey) -> str | None:
        """The id of the call that was made with this key. Raises ValueError where the key came
        with something else."""
        await self._claim(f"call\n{key.by}\n{key.key}")
        columns = self._call.c
        query = sa.select(columns.id, columns.request_digest).where(
            columns.created_by == key.by, columns.request_key == key.key
        )
        row = (await self._connection.execute(query)).first()
        return None if row is None else _same(row, key)

    async def seat_by_request(self, call: str, key: RequestKey) -> bool:
        """Whether a seat of the call was made with this key. Raises ValueError as above."""
        columns = self._seat.c
        query = sa.select(columns.id, columns.request_digest).where(
            columns.call == call, columns.request_key == f"{key.by}\n{key.key}"
        )
        row = (await self._connection.execute(query)).first()
        return row is not None and bool(_same(row, key))

    async def by_reference(self, publisher: str | None, references: Sequence[str]) -> list[str]:
        """Ids of a publisher's calls with these references, newest last."""
        columns = self._call.c
        wanted = sa.cast(list(references), ARRAY(sa.Text))
        query = (
            sa.select(columns.id)
            .where(
                columns.reference == sa.any_(wanted),
                columns.publisher.is_not_distinct_from(publisher),
            )
            .order_by(columns.created_at, columns.id)
        )
        return list((await self._connection.execute(query)).scalars())

    async def page(
        self, wanted: CallFilter, scope: ReaderScope, *, before: Place | None, limit: int
    ) -> list[CallSummary]:
        """The next ones, newest change first, of those that the reader may know of."""
        query = page_of_calls(self._tables, wanted, scope, before, limit)
        rows = await self._connection.execute(query)
        return [summary_of(row, counted=_counts(row, scope)) for row in rows]

    async def seats_of(
        self, organisation: str, *, before: Place | None, limit: int
    ) -> list[tuple[StoredCall, StoredSeat]]:
        """Seats that the organisation was told of, newest change first; calls without seats."""
        query = page_of_seats(self._tables, organisation, before, limit)
        seats = (await self._connection.execute(query)).all()
        ids = sa.cast([one.call for one in seats], ARRAY(sa.Text))
        found = sa.select(self._call).where(self._call.c.id == sa.any_(ids))
        calls = {row.id: call_of(row) for row in await self._connection.execute(found)}
        return [(calls[one.call], seat_of(one)) for one in seats]

    async def needing_attention(self, now: datetime, limit: int) -> list[str]:
        """Ids of open calls with an overdue or vacant seat, or a seat of somebody who is gone."""
        query = calls_needing_attention(self._tables, self._organisation, now, limit)
        return list((await self._connection.execute(query)).scalars())

    async def gone(self, organisations: Sequence[str]) -> frozenset[str]:
        """Those that were withdrawn or erased."""
        columns = self._organisation.c
        ids = sa.cast(list(organisations), ARRAY(sa.Text))
        query = sa.select(columns.id).where(columns.id == sa.any_(ids), columns.status != "active")
        return frozenset((await self._connection.execute(query)).scalars())

    async def forget(self, organisations: Sequence[str]) -> None:
        """Calls and words of these: they were erased. Their seats are released later, in order."""
        if not organisations:
            return
        ids = sa.cast(list(organisations), ARRAY(sa.Text))
        call, seat = self._call, self._seat
        await self._connection.execute(call.delete().where(call.c.publisher == sa.any_(ids)))
        silent = seat.update().where(seat.c.organisation == sa.any_(ids))
        await self._connection.execute(silent.values(remark=None, message=None))

    async def _kept(self, call: str, seat: StoredSeat, key: RequestKey | None) -> StoredSeat:
        row = seat_row(seat)
        if seat.id:
            columns = self._seat.c
            changed = self._seat.update().where(columns.id == seat.id).values(row)
            await self._connection.execute(
                changed.where(
                    sa.or_(columns.version != seat.version, columns.vacant != seat.vacant)
                )
            )
            return seat
        made = self._seat.insert().values(row | {"call": call} | _seat_request(key))
        made_id = await self._connection.execute(made.returning(self._seat.c.id))
        return replace(seat, id=made_id.scalar_one())

    async def _read(self, query: sa.Select[Any]) -> StoredCall | None:
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        columns = self._seat.c
        seats = sa.select(self._seat).where(columns.call == row.id).order_by(columns.id)
        found = await self._connection.execute(seats)
        return call_of(row, tuple(seat_of(one) for one in found))

    async def _claim(self, name: str) -> None:
        """Whoever comes with the same key waits until the transaction ends."""
        key = sa.func.hashtext(name)
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, key)))


def _counts(row: Any, scope: ReaderScope) -> bool:
    return scope.everything or (
        scope.organisation is not None and row.publisher == scope.organisation
    )


def _request(key: RequestKey | None) -> dict[str, Any]:
    return {"request_key": key.key, "request_digest": key.digest} if key else {}


def _seat_request(key: RequestKey | None) -> dict[str, Any]:
    return {"request_key": f"{key.by}\n{key.key}", "request_digest": key.digest} if key else {}


def _same(row: Any, key: RequestKey) -> Any:
    if bytes(row.request_digest) != key.digest:
        raise ValueError("the key came with something else")
    return row.id
