"""Telling news: what follows from it is written in one transaction, and goes out by itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages import (
    delivery_store,
    event_store,
    inbox_store,
    mail_store,
    subscribers,
    webhook_store,
)
from services.gateway.messages.delivery_store import NewDelivery
from services.gateway.messages.event_store import StoredEvent
from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.mail_store import NewMail
from services.gateway.messages.notes import NewEvent, News
from services.gateway.messages.webhook_store import StoredWebhook
from shared.contracts.messages import CATEGORY, Delivery, EventType, PlatformEvent
from shared.db import Database


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


class Publishing:
    """Writes messages and events, and queues e-mails and deliveries for them."""

    def __init__(
        self, database: Database, *, mail_is_sent: bool, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._mail_is_sent = mail_is_sent
        self._now = now

    async def publish(self, news: Sequence[News]) -> None:
        """Tell it; what was told before is left as it is."""
        async with self._database.transaction() as connection:
            await self.within(connection, news)

    async def within(self, connection: AsyncConnection, news: Sequence[News]) -> None:
        """The same in the caller's transaction, which should end soon: others wait for it."""
        moment = self._now()
        notes = [note for one in news for note in one.notes]
        fresh = await inbox_store.add(connection, notes, moment)
        if self._mail_is_sent and fresh:
            await mail_store.add(connection, await _mails(connection, fresh), moment)
        told = [one.event for one in news if one.event] + [_created(one) for one in fresh]
        if told:
            await event_store.hold_order(connection)
            kept = await event_store.add(connection, told, moment)
            await delivery_store.add(connection, await _deliveries(connection, kept), moment)


def _created(message: StoredMessage) -> NewEvent:
    return NewEvent(
        source=f"message:{message.id}",
        type=EventType.MESSAGE_CREATED,
        audience=(message.recipient,),
        occurred_at=message.created_at,
        data={"message_id": str(message.id), "kind": message.kind.value},
    )


async def _mails(connection: AsyncConnection, fresh: Sequence[StoredMessage]) -> list[NewMail]:
    readers = await subscribers.readers_of(connection, sorted({one.recipient for one in fresh}))
    return [
        NewMail(email, reader.language, (message.id,), f"message:{message.id}")
        for message in fresh
        for reader in readers
        if message.recipient in reader.addresses
        and reader.choices.delivery_of(CATEGORY[message.kind]) is Delivery.AT_ONCE
        for email in reader.emails
    ]


async def _deliveries(
    connection: AsyncConnection, kept: Sequence[StoredEvent]
) -> list[NewDelivery]:
    audience = sorted({name for one in kept for name in one.audience})
    hooks = await webhook_store.listening(connection, audience) if audience else []
    return list(_for_hooks(kept, hooks))


def _for_hooks(
    kept: Sequence[StoredEvent], hooks: Sequence[StoredWebhook]
) -> Iterator[NewDelivery]:
    for stored in kept:
        for hook in hooks:
            if hook.wants(stored.event.type, stored.audience):
                body = delivery_body(stored.event)
                yield NewDelivery(hook.shown.id, stored.event.id, stored.event.type, body)


def delivery_body(event: PlatformEvent) -> dict[str, object]:
    """What a webhook is sent."""
    return {
        "type": event.type.value,
        "timestamp": event.occurred_at.isoformat(),
        "data": event.model_dump(mode="json", exclude_defaults=True),
    }
