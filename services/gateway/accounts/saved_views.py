"""A coordinator's own views of the review queue: a name and the filters of an address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.gateway.accounts.tables import saved_views
from shared.db import Database

_c = saved_views.c
_MOST = 30


@dataclass(frozen=True)
class SavedView:
    """`query` is the address's query, such as `state=suggested&unassigned=on`."""

    id: UUID
    name: str
    query: str


class SavedViews:
    """The use cases; everybody has only the own ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person_id: UUID) -> list[SavedView]:
        """By name."""
        query = sa.select(_c.id, _c.name, _c.query).where(_c.person_id == person_id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(_c.name).limit(_MOST))).all()
        return [SavedView(row.id, row.name, row.query) for row in rows]

    async def keep(self, person_id: UUID, name: str, query: str) -> None:
        """Under this name, in the place of one that has it already."""
        statement = insert(saved_views).values(
            id=uuid4(), person_id=person_id, name=name, query=query, created_at=datetime.now(UTC)
        )
        changed = {"query": statement.excluded.query}
        async with self._database.transaction() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["person_id", "name"], set_=changed)
            )

    async def drop(self, person_id: UUID, view_id: UUID) -> None:
        """Forget one."""
        async with self._database.transaction() as connection:
            await connection.execute(
                saved_views.delete().where((_c.id == view_id) & (_c.person_id == person_id))
            )
