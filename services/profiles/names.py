"""The names of all active organisations."""

import sqlalchemy as sa

from services.profiles.schema import organisations
from shared.contracts.look_alikes import LookAlike
from shared.contracts.organisation import Kind, Names, Status
from shared.db import Database

_c = organisations.c


class OrganisationNames:
    """Read from PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def active(self) -> list[LookAlike]:
        """In id order."""
        registered = (_c.uscc.is_not(None) | _c.ror.is_not(None)).label("registered")
        shown = (_c.id, _c.name_zh, _c.name_en, _c.kind, _c.country, _c.city_name, _c.created_at)
        query = sa.select(*shown, registered).where(_c.status == Status.ACTIVE.value)
        async with self._database.statements() as connection:
            rows = (await connection.execute(query.order_by(_c.id))).all()
        return [
            LookAlike(
                id=row.id,
                names=Names(zh=row.name_zh, en=row.name_en),
                kind=Kind(row.kind),
                country=row.country,
                city_name=row.city_name,
                registered=row.registered,
                created_at=row.created_at,
            )
            for row in rows
        ]
