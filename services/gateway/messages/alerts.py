"""Running saved searches in their owners' names, and telling what is new."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gateway import disclosure
from services.gateway.accounts.tables import people
from services.gateway.messages import search_store as store
from services.gateway.messages.notes import News, Note
from services.gateway.messages.owners import of_person
from services.gateway.messages.publishing import Publishing, utc_now
from services.gateway.messages.search_store import StoredSearch
from shared.contracts.messages import About, MessageKind, NamedOrganisation
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchHit, SearchPage, SearchRequest
from shared.db import Database
from shared.errors import ProblemError
from shared.http.request_id import begin_turn

_log = structlog.get_logger("alerts")
_AT_ONCE = 5
_LEASE = timedelta(minutes=10)
_EVERY = timedelta(days=1)
_REST_SECONDS = 15.0
_HITS = 100
_TOLD = 5

Search = Callable[[SearchRequest, Principal], Awaitable[SearchPage]]


class Alerts:
    """The loop over saved searches."""

    def __init__(
        self,
        database: Database,
        search: Search,
        publishing: Publishing,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._search = search
        self._publishing = publishing
        self._now = now

    async def run(self) -> None:
        """Run what is due until cancelled; an error ends it, so that the caller starts it again."""
        while True:
            begin_turn()
            if not await self.run_due():
                await asyncio.sleep(_REST_SECONDS)

    async def run_due(self) -> int:
        """Run those that are due, one after the other; how many there were."""
        async with self._database.transaction() as connection:
            claimed = await store.claim(connection, self._now(), limit=_AT_ONCE, lease=_LEASE)
        for search in claimed:
            try:
                await self._run(search)
            except ProblemError as error:
                # When the lease ends it is due again.
                _log.warning("alert_postponed", search=str(search.shown.id), code=error.code)
        return len(claimed)

    async def _run(self, search: StoredSearch) -> None:
        async with self._database.reading() as connection:
            allowed = await _still_allowed(connection, search.owner)
        request = search.shown.search.model_copy(update={"limit": _HITS, "cursor": None})
        hits: tuple[SearchHit, ...] = ()
        if allowed:
            page = await self._search(request, search.owner)
            hits = _worth_telling(disclosure.search_page(page, search.owner), request)
        moment = self._now()
        async with self._database.transaction() as connection:
            if await store.ran(connection, search.shown.id, moment, moment + _EVERY) and allowed:
                await self._tell(connection, search, hits, moment)

    async def _tell(
        self,
        connection: AsyncConnection,
        search: StoredSearch,
        hits: tuple[SearchHit, ...],
        moment: datetime,
    ) -> None:
        ids = [hit.partner.id for hit in hits]
        fresh = await store.keep_hits(connection, search.shown.id, ids, moment)
        if not fresh or search.shown.last_run_at is None:
            return
        best = [hit.partner for hit in hits if hit.partner.id in fresh][:_TOLD]
        about = About(
            saved_search_id=search.shown.id,
            name=search.shown.name,
            count=len(fresh),
            organisations=tuple(NamedOrganisation(id=one.id, names=one.names) for one in best),
        )
        dedup = f"search:{search.shown.id}:{moment.isoformat()}"
        note = Note(of_person(search.owner.subject), MessageKind.SEARCH_HITS, dedup, about)
        await self._publishing.within(connection, [News(notes=(note,))])


def _worth_telling(page: SearchPage, request: SearchRequest) -> tuple[SearchHit, ...]:
    """What is confidential to the owner makes no hit, and may have held the score up."""
    least = request.filter.minimum_score
    return tuple(hit for hit in page.items if hit.score >= least)


async def _still_allowed(connection: AsyncConnection, owner: Principal) -> bool:
    """Accounts lose rights; who has none is no account, and lets its credential decide."""
    query = people.select().where(people.c.subject == owner.subject)
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        return True
    organisation = row["organisation"] if row["role"] == Role.MEMBER else None
    same = (row["role"], organisation) == (owner.role.value, owner.organisation)
    return same and row["suspended_at"] is None
