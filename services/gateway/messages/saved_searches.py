"""Searches that people keep, to be told of new hits."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway.messages import search_store as store
from services.gateway.messages.conditions import (
    body_digest,
    expected_version,
    require_same_body,
    require_version,
)
from services.gateway.messages.owners import personal_owner
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.search_store import StoredSearch
from shared.contracts.principal import Principal
from shared.contracts.saved_searches import NewSavedSearch, SavedSearch, SavedSearchPage
from shared.db import Database
from shared.errors import ProblemError

MOST_SEARCHES = 30


class SavedSearches:
    """The use cases; each raises ProblemError("role_required") for programs without an inbox."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def create(
        self, body: NewSavedSearch, reader: Principal, key: str | None = None
    ) -> tuple[SavedSearch, bool]:
        """A new one, or what the key has made before (then True). It runs within a minute.

        Raises ProblemError `too_many_saved_searches` or `idempotency_key_reused`.
        """
        owner, digest, moment = personal_owner(reader), body_digest(body), self._now()
        async with self._database.transaction() as connection:
            await store.lock_owner(connection, owner)
            before = await store.by_key(connection, owner, key) if key else None
            if before:
                require_same_body(before.body_digest, digest)
                return before.shown, True
            if await store.count(connection, owner) >= MOST_SEARCHES:
                raise ProblemError("too_many_saved_searches", limit=MOST_SEARCHES)
            shown = SavedSearch(
                **dict(body), id=uuid4(), version=1, created_at=moment, next_run_at=moment
            )
            await store.add(connection, StoredSearch(shown, reader, key, digest))
        return shown, False

    async def page(
        self, reader: Principal, *, limit: int = 50, cursor: UUID | None = None
    ) -> SavedSearchPage:
        """The reader's own."""
        async with self._database.reading() as connection:
            owner = personal_owner(reader)
            found = await store.page(connection, owner, limit=limit + 1, after=cursor)
        items = tuple(found[:limit])
        more = len(found) > limit
        return SavedSearchPage(items=items, next_cursor=str(items[-1].id) if more else None)

    async def find(self, search_id: UUID, reader: Principal) -> SavedSearch:
        """Raises ProblemError("not_found") for others'."""
        async with self._database.reading() as connection:
            return await _found(connection, search_id, reader)

    async def change(
        self, search_id: UUID, body: NewSavedSearch, reader: Principal, if_match: str | None
    ) -> SavedSearch:
        """Another search begins anew: its first hits are known, not news.

        Raises ProblemError `version_required`, `not_found` or `stale_version`.
        """
        async with self._database.transaction() as connection:
            before = await _found(connection, search_id, reader)
            expected = expected_version(if_match)
            values: dict[str, object] = {"name": body.name, "active": body.active}
            if body.search != before.search:
                await store.forget_hits(connection, search_id)
                values |= {"search": body.search.model_dump(mode="json"), "last_run_at": None}
            if body.active:
                values["next_run_at"] = self._now()
            if not await store.change(connection, search_id, expected, **values):
                require_version((await _found(connection, search_id, reader)).version, expected)
            return await _found(connection, search_id, reader)

    async def remove(self, search_id: UUID, reader: Principal) -> None:
        """Raises ProblemError("not_found") for others'."""
        async with self._database.transaction() as connection:
            if not await store.remove(connection, search_id, personal_owner(reader)):
                raise _unknown(search_id)


async def _found(connection: AsyncConnection, search_id: UUID, reader: Principal) -> SavedSearch:
    found = await store.find(connection, search_id, personal_owner(reader))
    if found is None:
        raise _unknown(search_id)
    return found.shown


def _unknown(search_id: UUID) -> ProblemError:
    return ProblemError("not_found", what="saved search", id=str(search_id))
