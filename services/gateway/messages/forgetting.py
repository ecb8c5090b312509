"""What is forgotten: old things after a time, an erased organisation at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from services.gateway.messages import (
    delivery_store,
    event_letters,
    event_store,
    inbox_store,
    mail_store,
)
from services.gateway.messages.owners import of_organisation
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.tables import (
    messages,
    notification_settings,
    reminders,
    saved_search_hits,
    saved_searches,
    webhooks,
)
from shared.db import Database

_EVENTS_KEPT = timedelta(days=7)
_DELIVERIES_KEPT = timedelta(days=30)
_MESSAGES_KEPT = timedelta(days=400)


class Forgetting:
    """The use cases."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def old(self) -> None:
        """Events after a week, deliveries and e-mails after a month, messages after a year."""
        moment = self._now()
        async with self._database.transaction() as connection:
            await event_store.forget(connection, moment - _EVENTS_KEPT)
            await delivery_store.forget(connection, moment - _DELIVERIES_KEPT)
            await mail_store.forget(connection, moment - _DELIVERIES_KEPT)
            await event_letters.forget(connection, moment - _DELIVERIES_KEPT)
            await inbox_store.forget(connection, moment - _MESSAGES_KEPT)
            old_ones = reminders.c.created_at < moment - _MESSAGES_KEPT
            await connection.execute(reminders.delete().where(old_ones))

    async def organisation(self, organisation: str) -> None:
        """Its own things, and its name in others' messages."""
        async with self._database.transaction() as connection:
            recipient = of_organisation(organisation)
            await connection.execute(messages.delete().where(messages.c.recipient == recipient))
            for table in (webhooks, saved_searches, notification_settings):
                await connection.execute(table.delete().where(table.c.organisation == organisation))
            hits = saved_search_hits.c.organisation == organisation
            await connection.execute(saved_search_hits.delete().where(hits))
            for named in (_other_side(organisation), _among_hits(organisation)):
                await connection.execute(named)


def _other_side(organisation: str) -> sa.Update:
    about = messages.c.about
    nameless = about.op("#-")(sa.literal("{organisation,names}").cast(sa.ARRAY(sa.Text)))
    which = about["organisation"]["id"].astext == organisation
    return messages.update().where(which).values(about=nameless)


def _among_hits(organisation: str) -> sa.Update:
    """Taken out of the list; the count stays, it was right when it was told."""
    about = messages.c.about
    hit = sa.literal([{"id": organisation}], JSONB)
    one = sa.func.jsonb_array_elements(about["organisations"]).table_valued(
        sa.column("value", JSONB), name="one"
    )
    others = (
        sa.select(sa.func.coalesce(sa.func.jsonb_agg(one.c.value), sa.literal([], JSONB)))
        .where(one.c.value["id"].astext != organisation)
        .scalar_subquery()
    )
    path = sa.literal("{organisations}").cast(sa.ARRAY(sa.Text))
    return (
        messages.update()
        .where(about["organisations"].contains(hit))
        .values(about=sa.func.jsonb_set(about, path, others))
    )
