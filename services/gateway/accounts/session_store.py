"""Sessions and one-time links in PostgreSQL; only digests of their secrets are kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts.tables import login_links, people, sessions
from shared.contracts.accounts import Person


@dataclass(frozen=True)
class StoredSession:
    """A session and its person as it is now: a change of rights counts at once."""

    person: Person
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


async def open_session(
    connection: AsyncConnection,
    digest: bytes,
    person_id: UUID,
    *,
    now: datetime,
    expires_at: datetime,
    agent: str,
) -> None:
    """Keep a new session."""
    await connection.execute(
        sessions.insert().values(
            digest=digest,
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
            agent=agent,
        )
    )


async def find_session(connection: AsyncConnection, digest: bytes) -> StoredSession | None:
    """The session, in whatever state."""
    kept = (sessions.c.created_at, sessions.c.last_seen_at, sessions.c.expires_at)
    labels = [column.label(f"session_{column.name}") for column in kept]
    query = sa.select(people, *labels).join(sessions, sessions.c.person_id == people.c.id)
    row = await connection.execute(query.where(sessions.c.digest == digest))
    if (found := row.mappings().one_or_none()) is None:
        return None
    person = Person.model_validate({column.name: found[column] for column in people.c})
    return StoredSession(person, *(found[label.name] for label in labels))


async def touch_session(connection: AsyncConnection, digest: bytes, now: datetime) -> None:
    """Keep that it is in use."""
    await connection.execute(
        sessions.update().where(sessions.c.digest == digest).values(last_seen_at=now)
    )


async def end_session(connection: AsyncConnection, digest: bytes) -> None:
    """Forget one."""
    await connection.execute(sessions.delete().where(sessions.c.digest == digest))


async def end_sessions_of(connection: AsyncConnection, person_id: UUID) -> int:
    """Forget all sessions of a person, and the links not used yet; how many sessions it were."""
    await connection.execute(login_links.delete().where(login_links.c.person_id == person_id))
    ended = await connection.execute(sessions.delete().where(sessions.c.person_id == person_id))
    return ended.rowcount


async def forget_old(connection: AsyncConnection, now: datetime) -> None:
    """Drop what has expired."""
    await connection.execute(sessions.delete().where(sessions.c.expires_at < now))
    await connection.execute(login_links.delete().where(login_links.c.expires_at < now))


async def add_link(
    connection: AsyncConnection, digest: bytes, person_id: UUID, now: datetime, expires_at: datetime
) -> None:
    """Keep a new link."""
    values = {"digest": digest, "person_id": person_id, "created_at": now, "expires_at": expires_at}
    await connection.execute(login_links.insert().values(**values))


async def use_link(connection: AsyncConnection, digest: bytes, now: datetime) -> UUID | None:
    """Whose link it is, once: of two who try at the same moment one gets None."""
    unused = (login_links.c.used_at.is_(None)) & (login_links.c.expires_at > now)
    statement = (
        login_links.update()
        .where((login_links.c.digest == digest) & unused)
        .values(used_at=now)
        .returning(login_links.c.person_id)
    )
    found: UUID | None = (await connection.execute(statement)).scalar_one_or_none()
    return found
