"""Organisations that the hub guard has flagged, as they were last taken in."""

import sqlalchemy as sa

from services.matcher.schema import tables
from shared.contracts.hubs import Hub
from shared.contracts.organisation import Kind, Names
from shared.db import Database

_SHOWN = 200


class FlaggedHubs:
    """Read from PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def most_excessive(self) -> tuple[Hub, ...]:
        """At most 200 active ones, the most excessive first."""
        columns = tables.organisation.c
        excess = sa.cast(columns.snapshot["hub"].as_string(), sa.Float)
        query = (
            sa.select(columns.id, columns.card, excess.label("excess"))
            .where(columns.snapshot.is_not(None), excess > 0)
            .order_by(excess.desc(), columns.id)
            .limit(_SHOWN)
        )
        async with self._database.statements() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Hub(
                organisation=row.id,
                names=Names(**row.card["names"]),
                kind=Kind(row.card["kind"]),
                excess=round(row.excess, 3),
            )
            for row in rows
        )
