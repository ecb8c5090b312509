"""Deliveries to webhooks, in PostgreSQL: what waits, and the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.tables import webhook_deliveries as deliveries
from services.gateway.messages.tables import webhooks
from shared.contracts.messages import EventType
from shared.contracts.webhooks import DeliveryState, WebhookDelivery

_c = deliveries.c
_SHOWN = tuple(_c[name] for name in WebhookDelivery.model_fields)
_AT_ONCE = 4


@dataclass(frozen=True)
class NewDelivery:
    """An event for a webhook."""

    webhook_id: UUID
    event_id: int | None
    type: EventType
    body: dict[str, object]


@dataclass(frozen=True)
class ClaimedDelivery:
    """A delivery that this replica has to try before its lease ends."""

    id: UUID
    webhook_id: UUID
    type: EventType
    body: dict[str, object]
    attempts: int
    created_at: datetime


async def add(
    connection: AsyncConnection, fresh: Sequence[NewDelivery], moment: datetime
) -> list[WebhookDelivery]:
    """Keep those that are new."""
    if not fresh:
        return []
    values = [
        {
            "id": uuid4(),
            "webhook_id": one.webhook_id,
            "event_id": one.event_id,
            "type": one.type.value,
            "body": one.body,
            "state": DeliveryState.PENDING.value,
            "attempts": 0,
            "created_at": moment,
            "next_attempt_at": moment,
        }
        for one in fresh
    ]
    statement = insert(deliveries).on_conflict_do_nothing().returning(*_SHOWN)
    return [_shown(row) for row in (await connection.execute(statement, values)).mappings()]


async def claim(
    connection: AsyncConnection, moment: datetime, *, limit: int, lease: timedelta
) -> list[ClaimedDelivery]:
    """Those that are due, a few for each webhook: one slow address must not hold up the others."""
    waits = (_c.state == DeliveryState.PENDING.value) & (_c.next_attempt_at <= moment)
    place = sa.func.row_number().over(partition_by=_c.webhook_id, order_by=_c.next_attempt_at)
    listed = sa.select(_c.id, place.label("place")).where(waits, _is_on()).subquery()
    due = (
        sa.select(_c.id)
        .join(listed, listed.c.id == _c.id)
        .where(waits, listed.c.place <= _AT_ONCE)
        .order_by(_c.next_attempt_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    statement = (
        deliveries.update()
        .where(_c.id.in_(due))
        .values(attempts=_c.attempts + 1, next_attempt_at=moment + lease)
        .returning(_c.id, _c.webhook_id, _c.type, _c.body, _c.attempts, _c.created_at)
    )
    return [_claimed(row) for row in await connection.execute(statement)]


async def ended(
    connection: AsyncConnection,
    delivery_id: UUID,
    *,
    state: DeliveryState,
    status: int | None,
    problem: str | None,
    moment: datetime,
    again_at: datetime | None = None,
) -> None:
    """How an attempt went."""
    done = state is DeliveryState.DELIVERED
    values = {
        "state": state.value,
        "status": status,
        "problem": problem,
        "next_attempt_at": again_at,
        "delivered_at": moment if done else None,
    }
    await connection.execute(deliveries.update().where(_c.id == delivery_id).values(**values))


async def give_up_all(connection: AsyncConnection, webhook_id: UUID) -> None:
    """Of a webhook that was switched off."""
    waiting = (_c.webhook_id == webhook_id) & (_c.state == DeliveryState.PENDING.value)
    failed = {"state": DeliveryState.FAILED.value, "next_attempt_at": None}
    await connection.execute(deliveries.update().where(waiting).values(**failed))


async def again(
    connection: AsyncConnection, webhook_id: UUID, delivery_id: UUID, moment: datetime
) -> WebhookDelivery | None:
    """From the first attempt on; None where there is no such one, or it waits anyway."""
    which = (_c.id == delivery_id) & (_c.webhook_id == webhook_id)
    ended_ones = _c.state != DeliveryState.PENDING.value
    fresh = {"state": DeliveryState.PENDING.value, "attempts": 0, "next_attempt_at": moment}
    statement = deliveries.update().where(which, ended_ones).values(**fresh).returning(*_SHOWN)
    row = (await connection.execute(statement)).mappings().one_or_none()
    return _shown(row) if row else None


async def page(
    connection: AsyncConnection,
    webhook_id: UUID,
    state: DeliveryState | None,
    *,
    limit: int,
    after: UUID | None,
) -> list[WebhookDelivery]:
    """Newest first."""
    query = (
        sa.select(*_SHOWN)
        .where(_c.webhook_id == webhook_id)
        .order_by(_c.created_at.desc(), _c.id.desc())
        .limit(limit)
    )
    if state:
        query = query.where(_c.state == state.value)
    if after:
        position = sa.select(_c.created_at, _c.id).where(_c.id == after).scalar_subquery()
        query = query.where(sa.tuple_(_c.created_at, _c.id) < position)
    return [_shown(row) for row in (await connection.execute(query)).mappings()]


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Old ones go."""
    await connection.execute(deliveries.delete().where(_c.created_at < before))


def _is_on() -> sa.ColumnElement[bool]:
    """A test goes to a webhook that is switched off too."""
    on = webhooks.c.active & webhooks.c.disabled_at.is_(None)
    return sa.exists().where(
        webhooks.c.id == _c.webhook_id, sa.or_(on, _c.type == EventType.WEBHOOK_TEST.value)
    )


def _claimed(row: Any) -> ClaimedDelivery:
    return ClaimedDelivery(
        row.id, row.webhook_id, EventType(row.type), row.body, row.attempts, row.created_at
    )


def _shown(row: Any) -> WebhookDelivery:
    return WebhookDelivery.model_validate(dict(row))
