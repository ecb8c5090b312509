"""Webhooks in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts.tables import people
from services.gateway.messages.tables import webhooks
from shared.contracts.messages import EventType
from shared.contracts.principal import Role
from shared.contracts.webhooks import Webhook

_c = webhooks.c
_SHOWN = tuple(_c[name] for name in Webhook.model_fields)


@dataclass(frozen=True)
class StoredWebhook:
    """A webhook with what is not shown."""

    shown: Webhook
    subject: str
    organisation: str | None
    audience: frozenset[str]
    secret: str
    previous_secret: str | None = None
    previous_until: datetime | None = None
    idempotency_key: str | None = None
    body_digest: str | None = None

    def wants(self, kind: EventType, audience: frozenset[str]) -> bool:
        """Whether an event is for it."""
        chosen = not self.shown.events or kind in self.shown.events
        return chosen and bool(self.audience & audience)

    def secrets_at(self, moment: datetime) -> tuple[str, ...]:
        """Those that sign at that moment."""
        if self.previous_secret and self.previous_until and moment < self.previous_until:
            return (self.secret, self.previous_secret)
        return (self.secret,)


async def lock_owner(connection: AsyncConnection, owner: str) -> None:
    """Creations for one owner wait for each other until the transaction ends."""
    name = sa.func.hashtextextended(f"webhooks\n{owner}", 0)
    await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))


async def count(connection: AsyncConnection, owner: str) -> int:
    """How many an owner has."""
    query = sa.select(sa.func.count()).where(_c.owner == owner)
    return int((await connection.execute(query)).scalar_one())


async def by_key(connection: AsyncConnection, owner: str, key: str) -> StoredWebhook | None:
    """What an Idempotency-Key has made."""
    return await _one(connection, (_c.owner == owner) & (_c.idempotency_key == key))


async def find(
    connection: AsyncConnection, webhook_id: UUID, owner: str | None
) -> StoredWebhook | None:
    """One of an owner's, or anybody's for None."""
    which = _c.id == webhook_id
    return await _one(connection, which if owner is None else which & (_c.owner == owner))


async def add(connection: AsyncConnection, webhook: StoredWebhook, role: Role) -> None:
    """Keep a new one."""
    values = {
        **webhook.shown.model_dump(mode="python"),
        "events": [one.value for one in webhook.shown.events],
        "subject": webhook.subject,
        "role": role.value,
        "organisation": webhook.organisation,
        "audience": sorted(webhook.audience),
        "secret": webhook.secret,
        "idempotency_key": webhook.idempotency_key,
        "body_digest": webhook.body_digest,
    }
    await connection.execute(insert(webhooks).values(**values))


async def change(
    connection: AsyncConnection, webhook_id: UUID, expected: int | None, **values: object
) -> StoredWebhook | None:
    """The changed one; None where it is gone, or at another version than expected."""
    which = _c.id == webhook_id
    if expected is not None:
        which = which & (_c.version == expected)
    statement = webhooks.update().where(which).values(**values).returning(webhooks)
    row = (await connection.execute(statement)).mappings().one_or_none()
    return _stored(row) if row else None


async def remove(connection: AsyncConnection, webhook_id: UUID, owner: str | None) -> bool:
    """With its deliveries; False where the owner has no such one."""
    which = _c.id == webhook_id
    statement = webhooks.delete().where(which if owner is None else which & (_c.owner == owner))
    return bool((await connection.execute(statement)).rowcount)


async def page(
    connection: AsyncConnection, owner: str | None, *, limit: int, after: UUID | None
) -> list[Webhook]:
    """Newest first; of one owner, or of all for None."""
    query = sa.select(*_SHOWN).order_by(_c.created_at.desc(), _c.id.desc()).limit(limit)
    if owner is not None:
        query = query.where(_c.owner == owner)
    if after:
        position = sa.select(_c.created_at, _c.id).where(_c.id == after).scalar_subquery()
        query = query.where(sa.tuple_(_c.created_at, _c.id) < position)
    rows = (await connection.execute(query)).mappings()
    return [Webhook.model_validate(dict(row)) for row in rows]


async def listening(connection: AsyncConnection, audience: Sequence[str]) -> list[StoredWebhook]:
    """Those that are on, for any of these; not those of staff who is suspended or staff no more."""
    gone = sa.exists().where(
        people.c.subject == _c.subject,
        sa.or_(people.c.suspended_at.is_not(None), people.c.role != _c.role),
    )
    query = sa.select(webhooks).where(
        _c.active,
        _c.disabled_at.is_(None),
        _c.audience.overlap(sa.cast(list(audience), ARRAY(sa.Text))),
        sa.or_(_c.role == Role.MEMBER.value, ~gone),
    )
    return [_stored(row) for row in (await connection.execute(query)).mappings()]


async def _one(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> StoredWebhook | None:
    row = (await connection.execute(sa.select(webhooks).where(which))).mappings().one_or_none()
    return _stored(row) if row else None


def _stored(row: Any) -> StoredWebhook:
    return StoredWebhook(
        shown=Webhook.model_validate({name: row[name] for name in Webhook.model_fields}),
        subject=row["subject"],
        organisation=row["organisation"],
        audience=frozenset(row["audience"]),
        secret=row["secret"],
        previous_secret=row["previous_secret"],
        previous_until=row["previous_until"],
        idempotency_key=row["idempotency_key"],
        body_digest=row["body_digest"],
    )
