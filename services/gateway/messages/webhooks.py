"""Webhooks: making, changing, trying them, and what became of their deliveries."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages import delivery_store
from services.gateway.messages import webhook_store as store
from services.gateway.messages.conditions import (
    body_digest,
    expected_version,
    require_same_body,
    require_version,
)
from services.gateway.messages.delivery_store import NewDelivery
from services.gateway.messages.owners import owner, shared_audience
from services.gateway.messages.publishing import delivery_body, utc_now
from services.gateway.messages.signature import new_secret
from services.gateway.messages.webhook_store import StoredWebhook
from services.gateway.outbound import require_callable
from shared.contracts.messages import EventType, PlatformEvent
from shared.contracts.principal import Principal, Role
from shared.contracts.webhooks import (
    CreatedWebhook,
    DeliveryState,
    NewWebhook,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookPage,
)
from shared.db import Database
from shared.errors import ProblemError

MOST_WEBHOOKS = 10
_OLD_SECRET_HOLDS = timedelta(days=1)


class Webhooks:
    """The use cases. Members share those of their organisation; an operator sees all."""

    def __init__(
        self, database: Database, *, plain_http: bool, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._plain_http = plain_http
        self._now = now

    async def create(
        self, body: NewWebhook, reader: Principal, key: str | None = None
    ) -> tuple[CreatedWebhook, bool]:
        """A new one, or what the key has made before (then True).

        Raises ProblemError `address_refused`, `too_many_webhooks` or `idempotency_key_reused`.
        """
        self._require_address(body.url)
        name, digest = owner(reader), body_digest(body)
        async with self._database.transaction() as connection:
            await store.lock_owner(connection, name)
            before = await store.by_key(connection, name, key) if key else None
            if before:
                require_same_body(before.body_digest, digest)
                return _with_secret(before), True
            if await store.count(connection, name) >= MOST_WEBHOOKS:
                raise ProblemError("too_many_webhooks", limit=MOST_WEBHOOKS)
            fresh = self._fresh(body, reader, key, digest)
            await store.add(connection, fresh, reader.role)
        return _with_secret(fresh), False

    async def page(
        self, reader: Principal, *, limit: int = 50, cursor: UUID | None = None
    ) -> WebhookPage:
        """The reader's own; all for an operator."""
        async with self._database.reading() as connection:
            found = await store.page(connection, _scope(reader), limit=limit + 1, after=cursor)
        items = tuple(found[:limit])
        more = len(found) > limit
        return WebhookPage(items=items, next_cursor=str(items[-1].id) if more else None)

    async def find(self, webhook_id: UUID, reader: Principal) -> Webhook:
        """Raises ProblemError("not_found") for others'."""
        async with self._database.reading() as connection:
            return (await _found(connection, webhook_id, reader)).shown

    async def change(
        self, webhook_id: UUID, body: NewWebhook, reader: Principal, if_match: str | None
    ) -> Webhook:
        """Switched on again it starts with a clean record.

        Raises ProblemError `address_refused`, `version_required`, `not_found` or `stale_version`.
        """
        self._require_address(body.url)
        async with self._database.transaction() as connection:
            before = (await _found(connection, webhook_id, reader)).shown
            expected = expected_version(if_match)
            version = before.version if expected is None else expected
            values: dict[str, object] = {
                "url": body.url,
                "events": [one.value for one in body.events],
                "description": body.description,
                "active": body.active,
                "version": version + 1,
            }
            if body.active and (before.disabled_at or not before.active):
                values |= {"disabled_at": None, "failing_since": None}
            changed = await store.change(connection, webhook_id, version, **values)
            if changed is None:
                require_version(before.version, version)
                raise ProblemError("stale_version", current=before.version)
            return changed.shown

    async def renew_secret(self, webhook_id: UUID, reader: Principal) -> CreatedWebhook:
        """A new secret; for a day deliveries carry a signature with the old one too."""
        async with self._database.transaction() as connection:
            before = await _found(connection, webhook_id, reader)
            changed = await store.change(
                connection,
                webhook_id,
                None,
                secret=new_secret(),
                previous_secret=before.secret,
                previous_until=self._now() + _OLD_SECRET_HOLDS,
                version=before.shown.version + 1,
            )
        assert changed
        return _with_secret(changed)

    async def remove(self, webhook_id: UUID, reader: Principal) -> None:
        """With its log. Raises ProblemError("not_found") for others'."""
        async with self._database.transaction() as connection:
            if not await store.remove(connection, webhook_id, _scope(reader)):
                raise _unknown(webhook_id)

    async def test(self, webhook_id: UUID, reader: Principal) -> WebhookDelivery:
        """Send it something, once; the log tells how it went."""
        moment = self._now()
        event = PlatformEvent(id=0, type=EventType.WEBHOOK_TEST, occurred_at=moment)
        body = delivery_body(event)
        async with self._database.transaction() as connection:
            await _found(connection, webhook_id, reader)
            fresh = NewDelivery(webhook_id, None, EventType.WEBHOOK_TEST, body)
            (kept,) = await delivery_store.add(connection, [fresh], moment)
        return kept

    async def deliveries(
        self,
        webhook_id: UUID,
        reader: Principal,
        state: DeliveryState | None = None,
        *,
        limit: int = 50,
        cursor: UUID | None = None,
    ) -> WebhookDeliveryPage:
        """The log, newest first. Raises ProblemError("not_found") for others'."""
        async with self._database.reading() as connection:
            await _found(connection, webhook_id, reader)
            found = await delivery_store.page(
                connection, webhook_id, state, limit=limit + 1, after=cursor
            )
        items = tuple(found[:limit])
        more = len(found) > limit
        return WebhookDeliveryPage(items=items, next_cursor=str(items[-1].id) if more else None)

    async def retry(
        self, webhook_id: UUID, delivery_id: UUID, reader: Principal
    ) -> WebhookDelivery:
        """Send it again, from the first attempt on. Raises `not_found` or `conflict`."""
        async with self._database.transaction() as connection:
            await _found(connection, webhook_id, reader)
            found = await delivery_store.again(connection, webhook_id, delivery_id, self._now())
        if found is None:
            raise ProblemError("not_found", what="ended delivery", id=str(delivery_id))
        return found

    def _require_address(self, url: str) -> None:
        if require_callable(url).scheme != "https" and not self._plain_http:
            raise ProblemError("address_refused", reason="it does not begin with https://")

    def _fresh(
        self, body: NewWebhook, reader: Principal, key: str | None, digest: str
    ) -> StoredWebhook:
        shown = Webhook(
            **dict(body), id=uuid4(), version=1, owner=owner(reader), created_at=self._now()
        )
        return StoredWebhook(
            shown=shown,
            subject=reader.subject,
            organisation=reader.organisation,
            audience=frozenset(shared_audience(reader)),
            secret=new_secret(),
            idempotency_key=key,
            body_digest=digest,
        )


def _scope(reader: Principal) -> str | None:
    return None if reader.role is Role.OPERATOR else owner(reader)


async def _found(connection: AsyncConnection, webhook_id: UUID, reader: Principal) -> StoredWebhook:
    found = await store.find(connection, webhook_id, _scope(reader))
    if found is None:
        raise _unknown(webhook_id)
    return found


def _unknown(webhook_id: UUID) -> ProblemError:
    return ProblemError("not_found", what="webhook", id=str(webhook_id))


def _with_secret(webhook: StoredWebhook) -> CreatedWebhook:
    return CreatedWebhook(**dict(webhook.shown), secret=webhook.secret)
