"""Going through all profiles once a day for what to remind of."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.dialects.postgresql import insert

from services.gateway.messages.notes import News
from services.gateway.messages.publishing import Publishing, utc_now
from services.gateway.messages.stale import Patience, Reminder, note_of, reminders_for
from services.gateway.messages.tables import reminders
from shared.contracts.messages import MessageKind
from shared.contracts.organisation import Organisation, OrganisationBatch, Status, VersionManifest
from shared.db import Database
from shared.http.request_id import begin_turn

_AT_ONCE = 50
"""A profile may hold a thousand statements: few at a time keep the process small."""


class ReadsProfiles(Protocol):
    """The profiles service."""

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest: ...
    async def batch_read(self, ids: Sequence[str]) -> OrganisationBatch: ...


class Reminding:
    """The daily walk."""

    def __init__(
        self,
        database: Database,
        profiles: ReadsProfiles,
        publishing: Publishing,
        patience: Patience,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._profiles = profiles
        self._publishing = publishing
        self._patience = patience
        self._now = now

    async def remind(self) -> None:
        """Tell what was not told before; it may be broken off and begun again."""
        today = self._now().date()
        async for organisations in self._batches():
            due = [
                reminder
                for organisation in organisations
                for reminder in reminders_for(organisation, today, self._patience)
            ]
            if due:
                await self._tell(due, today)

    async def _batches(self) -> AsyncIterator[list[Organisation]]:
        after: str | None = None
        while True:
            begin_turn()
            page = await self._profiles.manifest(after=after, limit=1000)
            ids = [one.id for one in page.items if one.status is Status.ACTIVE]
            for start in range(0, len(ids), _AT_ONCE):
                batch = await self._profiles.batch_read(ids[start : start + _AT_ONCE])
                yield [one for one in batch.items if isinstance(one, Organisation)]
            after = page.next_cursor
            if after is None:
                return

    async def _tell(self, due: Sequence[Reminder], today: date) -> None:
        moment = self._now()
        values = [{"key": one.key, "created_at": moment} for one in due]
        statement = insert(reminders).on_conflict_do_nothing().returning(reminders.c.key)
        async with self._database.transaction() as connection:
            fresh = set((await connection.execute(statement, values)).scalars())
            grouped: dict[tuple[str, MessageKind], list[Reminder]] = defaultdict(list)
            for one in due:
                if one.key in fresh:
                    grouped[one.organisation, one.kind].append(one)
            notes = tuple(note_of(group, today) for group in grouped.values())
            await self._publishing.within(connection, [News(notes=notes)])
