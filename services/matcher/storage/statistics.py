"""Versions of the language statistics."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


class StatisticsVersions:
    """Append only; version 0 is the shipped one and has no row."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def add(self, model: str, statistics: dict[str, Any]) -> int:
        """The new version's number."""
        statement = self._table.insert().values(model=model, statistics=statistics)
        added = await self._connection.execute(statement.returning(self._table.c.version))
        return int(added.scalar_one())

    async def get(self, version: int) -> dict[str, Any] | None:
        """One version; None when there is no such."""
        query = sa.select(self._table.c.statistics).where(self._table.c.version == version)
        found: dict[str, Any] | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found

    async def fitted_at(self, version: int) -> datetime | None:
        """When it was fitted; None for the shipped one."""
        query = sa.select(self._table.c.created_at).where(self._table.c.version == version)
        found: datetime | None = await self._connection.scalar(query)
        return found
