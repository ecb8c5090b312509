"""Changes that could not be taken in; they hold ids, never text."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.stored import NewDeadLetter
from shared.contracts.operations import DeadLetter


class DeadLetters:
    """Newest first, each message once however often it comes."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def add(self, letter: NewDeadLetter) -> None:
        """Keep it, unless it is kept already."""
        statement = insert(self._table).values(
            fingerprint=letter.fingerprint,
            organisation_id=letter.organisation_id,
            version=letter.version,
            subject=letter.subject,
            reason=letter.reason,
            deliveries=letter.deliveries,
        )
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def page(self, *, before: int | None, limit: int) -> list[DeadLetter]:
        """The next ones, older than id `before`."""
        query = self._letters().order_by(self._table.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(self._table.c.id < before)
        return [_letter(row) for row in await self._connection.execute(query)]

    async def get(self, id: int) -> DeadLetter | None:
        """One of them."""
        row = (
            await self._connection.execute(self._letters().where(self._table.c.id == id))
        ).first()
        return _letter(row) if row else None

    async def open(self) -> list[DeadLetter]:
        """All that name an organisation and were not replayed, oldest first."""
        table = self._table
        query = self._letters().where(
            table.c.replayed_at.is_(None), table.c.organisation_id.is_not(None)
        )
        return [_letter(row) for row in await self._connection.execute(query.order_by(table.c.id))]

    async def count_open(self) -> int:
        """Those not replayed."""
        query = sa.select(sa.func.count()).where(self._table.c.replayed_at.is_(None))
        return int((await self._connection.execute(query)).scalar_one())

    async def mark_replayed(self, id: int) -> None:
        """It was taken in after all."""
        table = self._table
        await self._connection.execute(
            table.update().where(table.c.id == id).values(replayed_at=sa.func.now())
        )

    async def remove(self, id: int) -> None:
        """There is nothing to do about it any more."""
        await self._connection.execute(self._table.delete().where(self._table.c.id == id))

    def _letters(self) -> sa.Select[Any]:
        columns = [c for c in self._table.c if c.name != "fingerprint"]
        return sa.select(*columns)


def _letter(row: Any) -> DeadLetter:
    return DeadLetter.model_validate(dict(row._mapping))
