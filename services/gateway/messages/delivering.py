"""Delivering to webhooks: claimed under a lease, tried again with growing pauses, given up at last.

Receivers tell repeated deliveries by `webhook-id`, which is the same for every attempt.
"""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages import delivery_store, webhook_store
from services.gateway.messages.back_off import WEBHOOK_PAUSES, next_pause
from services.gateway.messages.delivery_store import ClaimedDelivery
from services.gateway.messages.notes import News, Note
from services.gateway.messages.owners import of_organisation, of_person
from services.gateway.messages.publishing import Publishing, utc_now
from services.gateway.messages.webhook_calls import GONE, Attempt, WebhookCalls
from services.gateway.messages.webhook_store import StoredWebhook
from shared.contracts.messages import About, EventType, MessageKind
from shared.contracts.webhooks import DeliveryState
from shared.db import Database
from shared.http.request_id import begin_turn

_log = structlog.get_logger("webhooks")
_AT_ONCE = 20
_LEASE = timedelta(minutes=2)
_LONGEST_SECONDS = 30.0
_REST_SECONDS = 1.0
_LONG_FAILURE = timedelta(days=5)


class Delivering:
    """The deliverer's loop."""

    def __init__(
        self,
        database: Database,
        calls: WebhookCalls,
        publishing: Publishing,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._calls = calls
        self._publishing = publishing
        self._now = now

    async def run(self) -> None:
        """Deliver until cancelled; an error ends it, so that the caller starts it again."""
        while True:
            begin_turn()
            if not await self.deliver_due():
                await asyncio.sleep(_REST_SECONDS)

    async def deliver_due(self) -> int:
        """Try what is due now; how many were tried."""
        async with self._database.transaction() as connection:
            claimed = await delivery_store.claim(
                connection, self._now(), limit=_AT_ONCE, lease=_LEASE
            )
        await asyncio.gather(*map(self._deliver, claimed))
        return len(claimed)

    async def _deliver(self, delivery: ClaimedDelivery) -> None:
        async with self._database.reading() as connection:
            hook = await webhook_store.find(connection, delivery.webhook_id, None)
        if hook is None:
            return  # removed with its deliveries
        attempt = await self._attempt(hook, delivery)
        async with self._database.transaction() as connection:
            await self._note(connection, delivery, attempt)
            await self._judge(connection, hook, delivery, attempt)

    async def _attempt(self, hook: StoredWebhook, delivery: ClaimedDelivery) -> Attempt:
        secrets = hook.secrets_at(self._now())
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                return await self._calls.call(hook.shown.url, secrets, delivery.id, delivery.body)
        except TimeoutError:
            return Attempt(problem="timeout")

    async def _note(
        self, connection: AsyncConnection, delivery: ClaimedDelivery, attempt: Attempt
    ) -> None:
        moment = self._now()
        pause = None
        if not attempt.succeeded and delivery.type is not EventType.WEBHOOK_TEST:
            chance = random.random()  # noqa: S311 - no secret
            pause = next_pause(WEBHOOK_PAUSES, delivery.attempts, chance)
        ended = DeliveryState.DELIVERED if attempt.succeeded else DeliveryState.FAILED
        await delivery_store.ended(
            connection,
            delivery.id,
            state=DeliveryState.PENDING if pause else ended,
            status=attempt.status,
            problem=attempt.problem,
            moment=moment,
            again_at=moment + pause if pause else None,
        )

    async def _judge(
        self,
        connection: AsyncConnection,
        hook: StoredWebhook,
        delivery: ClaimedDelivery,
        attempt: Attempt,
    ) -> None:
        """Keep how the webhook does; one that fails for long is switched off."""
        moment, shown = self._now(), hook.shown
        if attempt.succeeded:
            values = {"failing_since": None, "last_success_at": moment}
            await webhook_store.change(connection, shown.id, None, **values)
            return
        if delivery.type is EventType.WEBHOOK_TEST:
            return
        since = shown.failing_since or moment
        await webhook_store.change(connection, shown.id, None, failing_since=since)
        if attempt.status == GONE or moment - since >= _LONG_FAILURE:
            await self._switch_off(connection, hook, since)

    async def _switch_off(
        self, connection: AsyncConnection, hook: StoredWebhook, since: datetime
    ) -> None:
        moment, shown = self._now(), hook.shown
        _log.warning("webhook_disabled", webhook=str(shown.id))
        await webhook_store.change(connection, shown.id, shown.version, disabled_at=moment)
        await delivery_store.give_up_all(connection, shown.id)
        recipient = (
            of_organisation(hook.organisation) if hook.organisation else of_person(hook.subject)
        )
        about = About(webhook_id=shown.id, name=shown.description or shown.url[:300])
        dedup = f"webhook:{shown.id}:{since.isoformat()}"
        note = Note(recipient, MessageKind.WEBHOOK_DISABLED, dedup, about)
        await self._publishing.within(connection, [News(notes=(note,))])
