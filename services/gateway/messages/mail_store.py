"""E-mails that wait to be sent, in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.tables import mails
from shared.contracts.organisation import Language

_c = mails.c
MESSAGE, DIGEST = "message", "digest"


@dataclass(frozen=True)
class NewMail:
    """To whom, about which messages; `dedup` names it for its address."""

    email: str
    language: Language
    messages: tuple[UUID, ...]
    dedup: str
    purpose: str = MESSAGE


@dataclass(frozen=True)
class ClaimedMail:
    """A mail that this replica has to send before its lease ends."""

    id: UUID
    email: str
    language: Language
    messages: tuple[UUID, ...]
    purpose: str
    attempts: int


async def add(connection: AsyncConnection, fresh: Sequence[NewMail], moment: datetime) -> None:
    """Keep those that are new."""
    if not fresh:
        return
    values = [
        {
            "id": uuid4(),
            "messages": list(mail.messages),
            "purpose": mail.purpose,
            "dedup": mail.dedup,
            "email": mail.email,
            "language": mail.language,
            "state": "pending",
            "created_at": moment,
            "next_attempt_at": moment,
        }
        for mail in fresh
    ]
    await connection.execute(insert(mails).on_conflict_do_nothing(), values)


async def claim(
    connection: AsyncConnection, moment: datetime, *, limit: int, lease: timedelta
) -> list[ClaimedMail]:
    """Those that are due; others leave them alone until the lease ends."""
    due = (
        sa.select(_c.id)
        .where(_c.state == "pending", _c.next_attempt_at <= moment)
        .order_by(_c.next_attempt_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        mails.update()
        .where(_c.id.in_(due))
        .values(attempts=_c.attempts + 1, next_attempt_at=moment + lease)
        .returning(_c.id, _c.email, _c.language, _c.messages, _c.purpose, _c.attempts)
    )
    return [_claimed(row) for row in await connection.execute(statement)]


async def sent(connection: AsyncConnection, mail_id: UUID, moment: datetime) -> None:
    """It is out of our hands."""
    await _set(connection, mail_id, state="sent", sent_at=moment, next_attempt_at=None)


async def failed(
    connection: AsyncConnection, mail_id: UUID, problem: str, again_at: datetime | None
) -> None:
    """It did not go out; None gives it up."""
    state = "pending" if again_at else "failed"
    await _set(connection, mail_id, state=state, problem=problem, next_attempt_at=again_at)


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Old ones go."""
    await connection.execute(mails.delete().where(_c.created_at < before))


async def _set(connection: AsyncConnection, mail_id: UUID, **values: object) -> None:
    await connection.execute(mails.update().where(_c.id == mail_id).values(**values))


def _claimed(row: Any) -> ClaimedMail:
    return ClaimedMail(
        row.id, row.email, row.language, tuple(row.messages), row.purpose, row.attempts
    )
