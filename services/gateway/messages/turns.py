"""Daily work that one replica does: whoever moves the moment on has the turn."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import insert

from services.gateway.messages.tables import job_turns
from shared.db import Database

_LEASE = timedelta(minutes=30)


def next_morning(moment: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next time that it is this hour there, after the moment."""
    local = moment.astimezone(zone)
    today = datetime.combine(local.date(), time(hour), zone)
    return today if today > local else today + timedelta(days=1)


class Turns:
    """Claims of jobs by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(
        self,
        name: str,
        moment: datetime,
        next_at: Callable[[datetime], datetime],
        work: Callable[[], Awaitable[object]],
    ) -> bool:
        """Do the work if it is due and nobody else does it; whether it was done.

        The first time that a job is seen it is only put on the list. After a crash it is due again
        when the lease ends: the work must leave what is done already.
        """
        if not await self._claim(name, moment, next_at(moment)):
            return False
        await work()
        await self._move(name, next_at(moment))
        return True

    async def _claim(self, name: str, moment: datetime, first: datetime) -> bool:
        known = insert(job_turns).values(name=name, next_at=first).on_conflict_do_nothing()
        due = (job_turns.c.name == name) & (job_turns.c.next_at <= moment)
        claimed = job_turns.update().where(due).values(next_at=moment + _LEASE)
        async with self._database.transaction() as connection:
            await connection.execute(known)
            return bool((await connection.execute(claimed)).rowcount)

    async def _move(self, name: str, next_at: datetime) -> None:
        moved = job_turns.update().where(job_turns.c.name == name).values(next_at=next_at)
        async with self._database.transaction() as connection:
            await connection.execute(moved)
