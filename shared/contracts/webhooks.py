"""Webhooks: events sent to a system's own address (after the Standard Webhooks specification).

Public routes:

- POST   /v1/webhooks                       NewWebhook -> 201 CreatedWebhook (Idempotency-Key)
- GET    /v1/webhooks                       -> WebhookPage
- GET    /v1/webhooks/{webhook_id}          -> Webhook (ETag)
- PUT    /v1/webhooks/{webhook_id}          NewWebhook -> Webhook (If-Match); active: true enables
- DELETE /v1/webhooks/{webhook_id}          -> 204
- POST   /v1/webhooks/{webhook_id}/secret   -> CreatedWebhook; the old one signs too for a day
- POST   /v1/webhooks/{webhook_id}/test     -> 202 WebhookDelivery
- GET    /v1/webhooks/{webhook_id}/deliveries ?state= -> WebhookDeliveryPage
- POST   /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry -> 202 WebhookDelivery

What is sent: POST of {"type", "timestamp", "data": PlatformEvent} with the headers `webhook-id`
(the same for every attempt), `webhook-timestamp` (Unix seconds) and `webhook-signature`, one or
more `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">` with spaces between. The key is what
follows `whsec_` in the secret, base64-decoded.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contracts.base import Contract, Line
from shared.contracts.messages import EventType
from shared.contracts.organisation import Url


class NewWebhook(Contract):
    """The body of POST and PUT. Addresses are https, unless the operator allows others."""

    url: Url
    events: Annotated[tuple[EventType, ...], Field(max_length=10)] = ()
    """Which types; none stands for all."""
    description: Line | None = None
    active: bool = True


class Webhook(NewWebhook):
    """As it is kept, without its secret."""

    id: UUID
    version: int
    owner: str
    """`organisation:<id>`, or role and subject of staff."""
    created_at: datetime
    failing_since: datetime | None = None
    """Since when no delivery has succeeded, while some fail."""
    disabled_at: datetime | None = None
    """When it was switched off for failing too long; enable it with PUT."""
    last_success_at: datetime | None = None


class CreatedWebhook(Webhook):
    """The only answers that show the secret."""

    secret: str
    """`whsec_...`"""


class WebhookPage(Contract):
    """Newest first."""

    items: tuple[Webhook, ...]
    next_cursor: str | None = None


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up after the last attempt."""


class WebhookDelivery(Contract):
    """One event on its way to one webhook."""

    id: UUID
    webhook_id: UUID
    event_id: int | None
    type: EventType
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None = None
    delivered_at: datetime | None = None
    status: int | None = None
    """HTTP status of the last answer."""
    problem: str | None = None
    """What went wrong last: `status`, `timeout`, `connection`, `tls`, `refused_address`."""


class WebhookDeliveryPage(Contract):
    """Newest first."""

    items: tuple[WebhookDelivery, ...]
    next_cursor: str | None = None
