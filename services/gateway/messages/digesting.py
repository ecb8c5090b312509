"""Digests: once a day, or on Mondays, an e-mail of what a person has not read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages import mail_store, subscribers
from services.gateway.messages.mail_store import DIGEST, NewMail
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.subscribers import Subscriber
from services.gateway.messages.tables import digests, messages
from shared.contracts.messages import Category, Delivery, DigestPace
from shared.db import Database

_MONDAY = 0
_LOOKS_BACK = timedelta(days=8)
_MOST = 200


class Digesting:
    """The daily round."""

    def __init__(
        self, database: Database, zone: ZoneInfo, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._zone = zone
        self._now = now

    async def queue(self) -> None:
        """A mail for everybody whose digest is due and not empty; again it changes nothing."""
        moment = self._now()
        async with self._database.reading() as connection:
            everybody = await subscribers.everybody(connection)
        for subscriber in everybody:
            if _is_due(subscriber, moment.astimezone(self._zone)):
                async with self._database.transaction() as connection:
                    await self._queue(connection, subscriber, moment)

    async def _queue(
        self, connection: AsyncConnection, subscriber: Subscriber, moment: datetime
    ) -> None:
        since = await _until(connection, subscriber.subject) or moment - _LOOKS_BACK
        unread = await _unread(connection, subscriber, since, moment)
        if unread:
            dedup = f"digest:{subscriber.subject}:{moment.date()}"
            mails = [
                NewMail(email, subscriber.language, unread, dedup, DIGEST)
                for email in subscriber.emails
            ]
            await mail_store.add(connection, mails, moment)
        kept = insert(digests).values(subject=subscriber.subject, until=moment)
        await connection.execute(
            kept.on_conflict_do_update(index_elements=["subject"], set_={"until": moment})
        )


def _is_due(subscriber: Subscriber, local: datetime) -> bool:
    return subscriber.choices.digest is DigestPace.DAILY or local.weekday() == _MONDAY


async def _until(connection: AsyncConnection, subject: str) -> datetime | None:
    query = sa.select(digests.c.until).where(digests.c.subject == subject)
    found: datetime | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def _unread(
    connection: AsyncConnection, subscriber: Subscriber, since: datetime, until: datetime
) -> tuple[UUID, ...]:
    """The latest of the categories that are to come in digests, oldest first."""
    chosen = [
        one.value for one in Category if subscriber.choices.delivery_of(one) is Delivery.DIGEST
    ]
    query = (
        sa.select(messages.c.id)
        .where(
            messages.c.recipient.in_(subscriber.addresses),
            messages.c.category.in_(chosen),
            messages.c.read_at.is_(None),
            messages.c.created_at > since,
            messages.c.created_at <= until,
        )
        .order_by(messages.c.created_at.desc(), messages.c.id.desc())
        .limit(_MOST)
    )
    return tuple(reversed((await connection.execute(query)).scalars().all()))
