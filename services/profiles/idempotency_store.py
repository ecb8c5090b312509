"""Idempotency-Keys in PostgreSQL: held by a lock of the transaction that uses them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.ports import IdempotentCreation
from services.profiles.schema import idempotency_keys

_c = idempotency_keys.c


class IdempotencyStore:
    """The lock and the row belong to the transaction: a crash frees the key, a commit keeps it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._keys = connection

    async def claim_key(self, subject: str, key: str) -> bool:
        """Hold the key until the transaction ends; False while another transaction does."""
        name = sa.func.hashtextextended(f"idempotency\n{subject}\n{key}", 0)
        query = sa.select(sa.func.pg_try_advisory_xact_lock(name))
        return bool((await self._keys.execute(query)).scalar_one())

    async def creation(
        self, subject: str, key: str, *, since: datetime
    ) -> IdempotentCreation | None:
        """What the key was used for, unless that is too long ago."""
        query = sa.select(_c.request_hash, _c.organisation_id).where(
            _c.subject == subject, _c.key == key, _c.created_at >= since
        )
        row = (await self._keys.execute(query)).first()
        return IdempotentCreation(row.request_hash, row.organisation_id) if row else None

    async def remember(
        self, subject: str, key: str, creation: IdempotentCreation, *, now: datetime
    ) -> None:
        """Keep what the key was used for; an expired use of it is overwritten."""
        new = insert(idempotency_keys).values(
            subject=subject,
            key=key,
            request_hash=creation.request_hash,
            organisation_id=creation.organisation_id,
            created_at=now,
        )
        changes = {n: new.excluded[n] for n in ("request_hash", "organisation_id", "created_at")}
        await self._keys.execute(
            new.on_conflict_do_update(index_elements=["subject", "key"], set_=changes)
        )

    async def forget_keys(self, *, before: datetime) -> int:
        """Delete old keys; how many."""
        statement = idempotency_keys.delete().where(_c.created_at < before)
        return (await self._keys.execute(statement)).rowcount
