"""Messages in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.notes import Note
from services.gateway.messages.tables import messages
from shared.contracts.messages import CATEGORY, About, Category, MessageKind

_c = messages.c


@dataclass(frozen=True)
class StoredMessage:
    """A message before it is put into words."""

    id: UUID
    recipient: str
    kind: MessageKind
    about: About
    created_at: datetime
    read_at: datetime | None = None


@dataclass(frozen=True)
class InboxFilter:
    """Which of one's messages."""

    unread: bool = False
    category: Category | None = None


async def add(
    connection: AsyncConnection, notes: Sequence[Note], moment: datetime
) -> list[StoredMessage]:
    """Keep those that are new; what others must go before may come in the same batch as they."""
    first = await _keep(connection, [note for note in notes if not note.only_after], moment)
    later = [note for note in notes if note.only_after and await _is_due(connection, note)]
    return first + await _keep(connection, later, moment)


async def _keep(
    connection: AsyncConnection, due: Sequence[Note], moment: datetime
) -> list[StoredMessage]:
    if not due:
        return []
    values = [
        {
            "id": uuid4(),
            "recipient": note.recipient,
            "dedup": note.dedup,
            "kind": note.kind.value,
            "category": CATEGORY[note.kind].value,
            "about": note.about.model_dump(mode="json", exclude_defaults=True),
            "created_at": moment,
        }
        for note in due
    ]
    statement = insert(messages).on_conflict_do_nothing().returning(messages)
    return [_message(row) for row in (await connection.execute(statement, values)).mappings()]


async def page(
    connection: AsyncConnection,
    recipients: Sequence[str],
    wanted: InboxFilter,
    *,
    limit: int,
    after: UUID | None,
) -> list[StoredMessage]:
    """Newest first."""
    order = (_c.created_at.desc(), _c.id.desc())
    query = sa.select(messages).where(_c.recipient.in_(recipients)).order_by(*order).limit(limit)
    if wanted.unread:
        query = query.where(_c.read_at.is_(None))
    if wanted.category:
        query = query.where(_c.category == wanted.category.value)
    if after:
        position = sa.select(_c.created_at, _c.id).where(_c.id == after).scalar_subquery()
        query = query.where(sa.tuple_(_c.created_at, _c.id) < position)
    return [_message(row) for row in (await connection.execute(query)).mappings()]


async def unread(connection: AsyncConnection, recipients: Sequence[str]) -> int:
    """How many are not read."""
    query = sa.select(sa.func.count()).where(_c.recipient.in_(recipients), _c.read_at.is_(None))
    return int((await connection.execute(query)).scalar_one())


async def mark_read(
    connection: AsyncConnection, message_id: UUID, recipients: Sequence[str], moment: datetime
) -> StoredMessage | None:
    """The message, read (once: the first moment stays); None where the reader has no such one."""
    statement = (
        messages.update()
        .where(_c.id == message_id, _c.recipient.in_(recipients))
        .values(read_at=sa.func.coalesce(_c.read_at, moment))
        .returning(messages)
    )
    row = (await connection.execute(statement)).mappings().one_or_none()
    return _message(row) if row else None


async def mark_all_read(
    connection: AsyncConnection, recipients: Sequence[str], moment: datetime
) -> None:
    """All that is there now."""
    unread_ones = _c.recipient.in_(recipients) & _c.read_at.is_(None)
    await connection.execute(messages.update().where(unread_ones).values(read_at=moment))


async def with_ids(connection: AsyncConnection, ids: Sequence[UUID]) -> list[StoredMessage]:
    """Those that are still there, oldest first."""
    query = sa.select(messages).where(_c.id.in_(ids)).order_by(_c.created_at, _c.id)
    return [_message(row) for row in (await connection.execute(query)).mappings()]


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Old ones go, read or not."""
    await connection.execute(messages.delete().where(_c.created_at < before))


async def _is_due(connection: AsyncConnection, note: Note) -> bool:
    before = note.only_after
    earlier = sa.exists().where(
        _c.recipient == note.recipient,
        _c.kind == (before.value if before else None),
        _c.about["call_id"].astext == note.about.call_id,
    )
    return bool((await connection.execute(sa.select(earlier))).scalar_one())


def _message(row: Any) -> StoredMessage:
    return StoredMessage(
        id=row["id"],
        recipient=row["recipient"],
        kind=MessageKind(row["kind"]),
        about=About.model_validate(row["about"]),
        created_at=row["created_at"],
        read_at=row["read_at"],
    )
