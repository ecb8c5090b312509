"""Sessions of browsers: opened at login, found again by their cookie, ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.accounts import secret as secrets
from services.gateway.accounts import session_store as store
from shared.contracts.accounts import Person
from shared.db import Database

_SEEN_IS_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_AGENT = 200


@dataclass(frozen=True)
class SessionTimes:
    """How long a browser stays logged in: without use, and at most."""

    idle: timedelta = timedelta(hours=4)
    absolute: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Session:
    """One browser, logged in. The secret is its cookie's value."""

    person: Person
    secret: str
    expires_at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class Sessions:
    """The use cases."""

    def __init__(
        self, database: Database, times: SessionTimes, now: Callable[[], datetime] = _now
    ) -> None:
        self._database = database
        self._times = times
        self._now = now

    async def open(
        self, connection: AsyncConnection, person: Person, *, previous: str | None, agent: str
    ) -> Session:
        """A session with a fresh secret; the browser's earlier one ends (no fixation)."""
        now, fresh = self._now(), secrets.generate()
        if previous:
            await store.end_session(connection, secrets.digest(previous))
        await store.forget_old(connection, now)
        expires_at = now + self._times.absolute
        await store.open_session(
            connection,
            secrets.digest(fresh),
            person.id,
            now=now,
            expires_at=expires_at,
            agent=agent[:_LONGEST_AGENT],
        )
        return Session(person, fresh, expires_at)

    async def recognise(self, offered: str, *, in_use: bool = True) -> Session | None:
        """The session of a cookie; what a page asks for by itself does not keep it awake."""
        digest, now = secrets.digest(offered), self._now()
        async with self._database.reading() as connection:
            found = await store.find_session(connection, digest)
        if found is None or found.person.suspended_at is not None:
            return None
        if now >= found.expires_at or now - found.last_seen_at > self._times.idle:
            return None
        if in_use and now - found.last_seen_at > _SEEN_IS_NOTED_EVERY:
            async with self._database.transaction() as connection:
                await store.touch_session(connection, digest, now)
        return Session(found.person, offered, found.expires_at)

    async def end(self, offered: str) -> None:
        """Log this browser out."""
        async with self._database.transaction() as connection:
            await store.end_session(connection, secrets.digest(offered))

    async def end_all(self, person_id: UUID) -> int:
        """Log a person out everywhere; links not used yet die too."""
        async with self._database.transaction() as connection:
            return await store.end_sessions_of(connection, person_id)
