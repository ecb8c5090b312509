"""The transactional outbox: events are rows of the transaction that caused them.

One relay under an advisory lock publishes unpublished rows by id without a cursor, so a row
that commits late is never skipped, and marks them after the stream's acknowledgement.
"""

import asyncio
from collections.abc import Sequence

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.bus import REQUEST_ID_HEADER, Bus, BusUnavailableError, OutgoingMessage
from shared.contracts.base import Contract

_log = structlog.get_logger("outbox")
_CHANNEL = "outbox"
_LOCK = 0x0B0C
_KEEP_PUBLISHED = "7 days"


def outbox_table(metadata: sa.MetaData) -> sa.Table:
    """The table, to be made by the service's own migrations."""
    return sa.Table(
        "outbox",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Index("outbox_unpublished", "id", postgresql_where=sa.text("published_at is null")),
    )


class OutboxEvent(Contract):
    """An event to be published after the commit."""

    event_id: str
    subject: str
    payload: dict[str, object]
    request_id: str


async def append_events(
    connection: AsyncConnection, table: sa.Table, events: Sequence[OutboxEvent]
) -> None:
    """Store events in the caller's transaction and wake the relay at its commit."""
    if not events:
        return
    await connection.execute(table.insert(), [event.model_dump() for event in events])
    await connection.execute(sa.text(f"notify {_CHANNEL}"))


async def outbox_lag(engine: AsyncEngine, table: sa.Table) -> tuple[int, float]:
    """Unpublished events and the age of the oldest in seconds, whoever the relay is."""
    oldest = sa.func.coalesce(
        sa.func.extract("epoch", sa.func.now() - sa.func.min(table.c.created_at)), 0
    )
    query = sa.select(sa.func.count(), oldest).where(table.c.published_at.is_(None))
    async with engine.connect() as connection:
        count, age = (await connection.execute(query)).one()
    return int(count), float(age)


class Relay:
    """Publishes the outbox. Any number may run; the one with the lock works."""

    def __init__(
        self, engine: AsyncEngine, table: sa.Table, bus: Bus, *, batch: int = 500, poll: float = 1.0
    ) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._table = table
        self._bus = bus
        self._batch = batch
        self._poll = poll

    async def run(self) -> None:
        """Work until cancelled; an error ends it, so that the caller starts it again."""
        async with self._engine.connect() as connection:
            try:
                await self._work(connection)
            finally:
                # Back in the pool it would keep the lock, and no relay would ever work again.
                await connection.invalidate()

    async def publish_batch(self, connection: AsyncConnection) -> int:
        """Publish the oldest unpublished rows; how many there were."""
        rows = (await connection.execute(self._unpublished())).all()
        if not rows:
            return 0
        messages = [
            OutgoingMessage(
                subject=row.subject,
                message_id=row.event_id,
                data=row.data.encode(),
                headers={REQUEST_ID_HEADER: row.request_id},
            )
            for row in rows
        ]
        acknowledged = await self._bus.publish(messages)
        await self._mark(connection, [row.id for row in rows[:acknowledged]])
        if acknowledged < len(rows):
            raise BusUnavailableError(f"{len(rows) - acknowledged} events not acknowledged")
        return len(rows)

    async def lag(self) -> tuple[int, float]:
        """Unpublished events and the age of the oldest in seconds."""
        return await outbox_lag(self._engine, self._table)

    def _unpublished(self) -> sa.Select[tuple[object, ...]]:
        table = self._table
        return (
            sa.select(
                table.c.id,
                table.c.event_id,
                table.c.subject,
                sa.cast(table.c.payload, sa.Text).label("data"),
                table.c.request_id,
            )
            .where(table.c.published_at.is_(None))
            .order_by(table.c.id)
            .limit(self._batch)
        )

    async def _mark(self, connection: AsyncConnection, ids: Sequence[int]) -> None:
        table = self._table
        if ids:
            await connection.execute(
                table.update().where(table.c.id.in_(ids)).values(published_at=sa.func.now())
            )
        await connection.execute(
            table.delete().where(
                table.c.published_at < sa.func.now() - sa.text(f"interval '{_KEEP_PUBLISHED}'")
            )
        )

    async def _work(self, connection: AsyncConnection) -> None:
        await self._hold_lock(connection)
        wake = await self._listen(connection)
        while True:
            wake.clear()
            if await self.publish_batch(connection) < self._batch:
                await self._rest(wake)

    async def _hold_lock(self, connection: AsyncConnection) -> None:
        attempt = sa.select(sa.func.pg_try_advisory_lock(_LOCK))
        while not (await connection.execute(attempt)).scalar_one():  # noqa: ASYNC110
            await asyncio.sleep(self._poll)
        _log.info("relay_started")

    async def _listen(self, connection: AsyncConnection) -> asyncio.Event:
        wake = asyncio.Event()
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.add_listener(_CHANNEL, lambda *_: wake.set())
        return wake

    async def _rest(self, wake: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(wake.wait(), self._poll)
        except TimeoutError:
            return
