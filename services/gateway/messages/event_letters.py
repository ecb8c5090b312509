"""Events that could not be taken in, kept to be looked at."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages.tables import event_letters
from shared.bus import ReceivedMessage

_log = structlog.get_logger("messages")


async def keep(
    connection: AsyncConnection, message: ReceivedMessage, problem: str, moment: datetime
) -> None:
    """Keep it; the caller drops it from the bus after the commit."""
    _log.error("event_not_taken_in", subject=message.subject, problem=problem)
    data = message.data.decode("utf-8", "replace").replace("\x00", "")
    await connection.execute(
        event_letters.insert().values(
            subject=message.subject, data=data, problem=problem, created_at=moment
        )
    )


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Old ones go."""
    await connection.execute(event_letters.delete().where(event_letters.c.created_at < before))
