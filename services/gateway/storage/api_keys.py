"""API keys in PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.schema import api_keys
from shared.contracts.api_keys import ApiKey
from shared.contracts.principal import Role
from shared.db import Database
from shared.errors import ProblemError

_SHOWN = [column for column in api_keys.c if column.name != "digest"]


@dataclass(frozen=True)
class KeyOwner:
    """Members share the keys of their organisation; other roles have their own."""

    role: Role
    organisation: str | None
    subject: str

    @property
    def name(self) -> str:
        """One text per owner."""
        return f"{self.role}/{self.organisation or self.subject}"


@dataclass(frozen=True)
class StoredKey:
    """A key and the digest to compare with."""

    key: ApiKey
    digest: bytes


class ApiKeyStore:
    """Reads and writes of the table; several writes go into one `writing` block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction. Raises ProblemError("not_ready") when the database is away."""
        with _as_problem():
            async with self._database.transaction() as connection:
                yield connection

    async def prepared(self) -> bool:
        """Whether the table is there."""
        query = sa.select(sa.func.to_regclass(api_keys.name).is_not(None))
        with _as_problem():
            async with self._database.reading() as connection:
                return bool((await connection.execute(query)).scalar_one())

    async def find(self, prefix: str) -> StoredKey | None:
        """The key with this prefix, in whatever state."""
        query = sa.select(api_keys).where(api_keys.c.prefix == prefix)
        with _as_problem():
            async with self._database.reading() as connection:
                row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        return StoredKey(_key({c.name: row[c] for c in _SHOWN}), bytes(row["digest"]))

    async def note_use(self, key_id: UUID, moment: datetime) -> None:
        """Keep when it was last used."""
        async with self.writing() as connection:
            await connection.execute(
                api_keys.update().where(api_keys.c.id == key_id).values(last_used_at=moment)
            )

    async def page(self, owner: KeyOwner | None, *, limit: int, after: UUID | None) -> list[ApiKey]:
        """Newest first; of one owner, or of all for None."""
        query = sa.select(*_SHOWN).order_by(api_keys.c.created_at.desc(), api_keys.c.id.desc())
        if owner:
            query = query.where(_owned_by(owner))
        if after:
            query = query.where(_older_than(after))
        with _as_problem():
            async with self._database.reading() as connection:
                rows = (await connection.execute(query.limit(limit))).mappings().all()
        return [_key(dict(row)) for row in rows]


async def lock_owner(connection: AsyncConnection, owner: KeyOwner) -> None:
    """Creations for one owner wait for each other until the transaction ends."""
    await connection.execute(
        sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(owner.name, 0)))
    )


async def count_live(connection: AsyncConnection, owner: KeyOwner, moment: datetime) -> int:
    """Keys of the owner that are neither revoked nor expired."""
    live = api_keys.c.revoked_at.is_(None) & (
        api_keys.c.expires_at.is_(None) | (api_keys.c.expires_at > moment)
    )
    query = sa.select(sa.func.count()).select_from(api_keys).where(_owned_by(owner), live)
    return int((await connection.execute(query)).scalar_one())


async def insert(connection: AsyncConnection, key: ApiKey, digest: bytes) -> None:
    """Keep a new key."""
    await connection.execute(api_keys.insert().values(**key.model_dump(), digest=digest))


async def revoke(
    connection: AsyncConnection, key_id: UUID, owner: KeyOwner | None, moment: datetime
) -> bool:
    """Revoke it (once: the first moment stays); False when the owner has no such key."""
    statement = (
        api_keys.update()
        .where(api_keys.c.id == key_id)
        .values(revoked_at=sa.func.coalesce(api_keys.c.revoked_at, moment))
    )
    if owner:
        statement = statement.where(_owned_by(owner))
    return bool((await connection.execute(statement)).rowcount)


def _owned_by(owner: KeyOwner) -> sa.ColumnElement[bool]:
    if owner.organisation:
        who = api_keys.c.organisation == owner.organisation
    else:
        who = api_keys.c.subject == owner.subject
    return sa.and_(api_keys.c.role == owner.role.value, who)


def _older_than(key_id: UUID) -> sa.ColumnElement[bool]:
    position = sa.select(api_keys.c.created_at, api_keys.c.id).where(api_keys.c.id == key_id)
    return sa.tuple_(api_keys.c.created_at, api_keys.c.id) < position.scalar_subquery()


def _key(row: dict[str, object]) -> ApiKey:
    return ApiKey.model_validate(row)


class _as_problem:  # noqa: N801 -- reads as a statement: with _as_problem()
    """Turns an absent database into a 503."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DBAPIError | PoolTimeoutError | OSError | TimeoutError):
            raise ProblemError("not_ready", what="postgresql") from error
