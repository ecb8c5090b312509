"""Saved searches and the hits that are known, in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.owners import personal_owner
from services.gateway.messages.tables import saved_search_hits as hits
from services.gateway.messages.tables import saved_searches as searches
from shared.contracts.principal import Principal, Role
from shared.contracts.saved_searches import SavedSearch

_c = searches.c


@dataclass(frozen=True)
class StoredSearch:
    """A saved search and in whose name it runs."""

    shown: SavedSearch
    owner: Principal
    idempotency_key: str | None = None
    body_digest: str | None = None


async def lock_owner(connection: AsyncConnection, owner: str) -> None:
    """Creations for one owner wait for each other until the transaction ends."""
    name = sa.func.hashtextextended(f"saved searches\n{owner}", 0)
    await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))


async def count(connection: AsyncConnection, owner: str) -> int:
    """How many an owner has."""
    query = sa.select(sa.func.count()).where(_c.owner == owner)
    return int((await connection.execute(query)).scalar_one())


async def by_key(connection: AsyncConnection, owner: str, key: str) -> StoredSearch | None:
    """What an Idempotency-Key has made."""
    return await _one(connection, (_c.owner == owner) & (_c.idempotency_key == key))


async def find(connection: AsyncConnection, search_id: UUID, owner: str) -> StoredSearch | None:
    """One of an owner's."""
    return await _one(connection, (_c.id == search_id) & (_c.owner == owner))


async def add(connection: AsyncConnection, search: StoredSearch) -> None:
    """Keep a new one."""
    values = {
        **search.shown.model_dump(exclude={"search", "known_hits"}),
        "search": search.shown.search.model_dump(mode="json"),
        "owner": personal_owner(search.owner),
        "subject": search.owner.subject,
        "role": search.owner.role.value,
        "organisation": search.owner.organisation,
        "idempotency_key": search.idempotency_key,
        "body_digest": search.body_digest,
    }
    await connection.execute(insert(searches).values(**values))


async def change(
    connection: AsyncConnection, search_id: UUID, expected: int | None, **values: object
) -> bool:
    """False where it is gone, or at another version than expected."""
    which = _c.id == search_id
    if expected is not None:
        which = which & (_c.version == expected)
    changed = {**values, "version": _c.version + 1}
    statement = searches.update().where(which).values(**changed)
    return bool((await connection.execute(statement)).rowcount)


async def remove(connection: AsyncConnection, search_id: UUID, owner: str) -> bool:
    """With its hits; False where the owner has no such one."""
    statement = searches.delete().where(_c.id == search_id, _c.owner == owner)
    return bool((await connection.execute(statement)).rowcount)


async def page(
    connection: AsyncConnection, owner: str, *, limit: int, after: UUID | None
) -> list[SavedSearch]:
    """Newest first."""
    query = _all().where(_c.owner == owner).order_by(_c.created_at.desc(), _c.id.desc())
    if after:
        position = sa.select(_c.created_at, _c.id).where(_c.id == after).scalar_subquery()
        query = query.where(sa.tuple_(_c.created_at, _c.id) < position)
    rows = (await connection.execute(query.limit(limit))).mappings()
    return [_stored(row).shown for row in rows]


async def claim(
    connection: AsyncConnection, moment: datetime, *, limit: int, lease: timedelta
) -> list[StoredSearch]:
    """Those that are due; others leave them alone until the lease ends."""
    due = (
        sa.select(_c.id)
        .where(_c.active, _c.next_run_at <= moment)
        .order_by(_c.next_run_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        searches.update().where(_c.id.in_(due)).values(next_run_at=moment + lease).returning(_c.id)
    )
    ids = list((await connection.execute(statement)).scalars())
    rows = (await connection.execute(_all().where(_c.id.in_(ids)))).mappings()
    return [_stored(row) for row in rows]


async def ran(
    connection: AsyncConnection, search_id: UUID, moment: datetime, next_run_at: datetime
) -> bool:
    """When it ran; False where it was removed meanwhile."""
    values = {"last_run_at": moment, "next_run_at": next_run_at}
    statement = searches.update().where(_c.id == search_id).values(**values)
    return bool((await connection.execute(statement)).rowcount)


async def forget_hits(connection: AsyncConnection, search_id: UUID) -> None:
    """It looks for something else now."""
    await connection.execute(hits.delete().where(hits.c.search_id == search_id))


async def keep_hits(
    connection: AsyncConnection, search_id: UUID, found: Sequence[str], moment: datetime
) -> set[str]:
    """Those that were not known."""
    if not found:
        return set()
    values = [
        {"search_id": search_id, "organisation": one, "first_seen_at": moment} for one in found
    ]
    statement = insert(hits).on_conflict_do_nothing().returning(hits.c.organisation)
    return set((await connection.execute(statement, values)).scalars())


async def _one(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> StoredSearch | None:
    row = (await connection.execute(_all().where(which))).mappings().one_or_none()
    return _stored(row) if row else None


def _all() -> sa.Select[Any]:
    known = sa.select(sa.func.count()).where(hits.c.search_id == _c.id).scalar_subquery()
    return sa.select(searches, known.label("known_hits"))


def _stored(row: Any) -> StoredSearch:
    shown = {name: row[name] for name in SavedSearch.model_fields}
    role = Role(row["role"])
    return StoredSearch(
        SavedSearch.model_validate(shown),
        Principal(subject=row["subject"], role=role, organisation=row["organisation"]),
        row["idempotency_key"],
        row["body_digest"],
    )
