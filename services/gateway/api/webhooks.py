"""Webhooks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from fastapi.responses import Response

from services.gateway.api.parameters import Limit
from services.gateway.context import Parts
from services.gateway.identity.reader import Reader
from services.gateway.messages.conditions import etag, idempotency_key
from shared.contracts.webhooks import (
    CreatedWebhook,
    DeliveryState,
    NewWebhook,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookPage,
)

router = APIRouter(prefix="/webhooks", tags=["messages"])


@router.post("", status_code=201, response_model=CreatedWebhook)
async def create_webhook(
    body: NewWebhook,
    parts: Parts,
    reader: Reader,
    response: Response,
    key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> CreatedWebhook:
    """Send events to an address. The secret that signs them is shown in this answer only."""
    made, again = await parts.messages.webhooks.create(body, reader, idempotency_key(key))
    response.headers["ETag"] = etag(made.version)
    response.headers["Location"] = f"/v1/webhooks/{made.id}"
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    return made


@router.get("", response_model=WebhookPage)
async def list_webhooks(
    parts: Parts, reader: Reader, limit: Limit = 50, cursor: UUID | None = None
) -> WebhookPage:
    """Those of the reader's organisation, or of the reader; all for an operator."""
    return await parts.messages.webhooks.page(reader, limit=limit, cursor=cursor)


@router.get("/{webhook_id}", response_model=Webhook)
async def read_webhook(
    webhook_id: UUID, parts: Parts, reader: Reader, response: Response
) -> Webhook:
    """One, without its secret."""
    found = await parts.messages.webhooks.find(webhook_id, reader)
    response.headers["ETag"] = etag(found.version)
    return found


@router.put("/{webhook_id}", response_model=Webhook)
async def change_webhook(
    webhook_id: UUID,
    body: NewWebhook,
    parts: Parts,
    reader: Reader,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> Webhook:
    """Change it; `active: true` also enables one that was switched off for failing."""
    changed = await parts.messages.webhooks.change(webhook_id, body, reader, if_match)
    response.headers["ETag"] = etag(changed.version)
    return changed


@router.delete("/{webhook_id}", status_code=204, response_class=Response)
async def remove_webhook(webhook_id: UUID, parts: Parts, reader: Reader) -> None:
    """Remove it with its log."""
    await parts.messages.webhooks.remove(webhook_id, reader)


@router.post("/{webhook_id}/secret", response_model=CreatedWebhook)
async def renew_webhook_secret(webhook_id: UUID, parts: Parts, reader: Reader) -> CreatedWebhook:
    """A new secret; the old one signs beside it for a day."""
    return await parts.messages.webhooks.renew_secret(webhook_id, reader)


@router.post("/{webhook_id}/test", status_code=202, response_model=WebhookDelivery)
async def test_webhook(webhook_id: UUID, parts: Parts, reader: Reader) -> WebhookDelivery:
    """Send it a `webhook.test`, once; the deliveries tell how it went."""
    return await parts.messages.webhooks.test(webhook_id, reader)


@router.get("/{webhook_id}/deliveries", response_model=WebhookDeliveryPage)
async def list_webhook_deliveries(
    webhook_id: UUID,
    parts: Parts,
    reader: Reader,
    state: DeliveryState | None = None,
    limit: Limit = 50,
    cursor: UUID | None = None,
) -> WebhookDeliveryPage:
    """What was sent, or is to be; newest first."""
    return await parts.messages.webhooks.deliveries(
        webhook_id, reader, state, limit=limit, cursor=cursor
    )


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/retry",
    status_code=202,
    response_model=WebhookDelivery,
)
async def retry_webhook_delivery(
    webhook_id: UUID, delivery_id: UUID, parts: Parts, reader: Reader
) -> WebhookDelivery:
    """Send an ended delivery again."""
    return await parts.messages.webhooks.retry(webhook_id, delivery_id, reader)
