"""Events of the matcher, to be published after the commit."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.outbox import OutboxEvent, append_events


class Events:
    """Written within the caller's transaction."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def append(self, events: Sequence[OutboxEvent]) -> None:
        """Published in this order."""
        await append_events(self._connection, self._table, events)
