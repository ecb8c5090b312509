"""Screening again what is stored, when the rules have changed or somebody asks for it."""

import asyncio
from dataclasses import replace

import structlog

from services.profiles.domain.flags import SCREENING
from services.profiles.events import changed
from services.profiles.ports import OrganisationStore
from services.profiles.saving import Saving
from services.profiles.screening.flag_store import FlagStore
from services.profiles.screening.progress_store import ProgressStore
from services.profiles.screening.screening import connection_of
from shared.contracts.principal import Principal, Role
from shared.contracts.screening import RescanStatus
from shared.db import Database
from shared.errors import ProblemError
from shared.http.request_id import begin_turn, current_request_id

_PORTION = 50
_POLL_SECONDS = 15.0
_log = structlog.get_logger("screening")


class Rescreening:
    """Any number of processes may do it: each organisation is screened under its lock."""

    def __init__(self, database: Database, saving: Saving) -> None:
        self._database = database
        self._saving = saving
        self._version = saving.screening.book.version
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled: portion by portion, with other requests between them."""
        while True:
            begin_turn()
            self._wake.clear()
            while screened := await self.portion():
                _log.info("screened_again", organisations=screened, rules=self._version)
            try:
                await asyncio.wait_for(self._wake.wait(), _POLL_SECONDS)
            except TimeoutError:
                continue

    async def portion(self) -> int:
        """Screen some that these rules have not been applied to; how many there were."""
        async with self._database.reading() as connection:
            ids = await ProgressStore(connection).outdated(self._version, _PORTION)
        if ids:
            await self._saving.in_transaction(lambda store: self._screen(store, ids))
        return len(ids)

    async def begin_again(self, author: Principal) -> RescanStatus:
        """Everything is to be screened once more. Raises ProblemError("forbidden")."""
        _require_staff(author)
        async with self._database.transaction() as connection:
            await ProgressStore(connection).begin_again()
            status = await ProgressStore(connection).status(self._version)
        self._wake.set()
        return status

    async def status(self, reader: Principal) -> RescanStatus:
        """How far it is. Raises ProblemError("forbidden")."""
        _require_staff(reader)
        async with self._database.reading() as connection:
            return await ProgressStore(connection).status(self._version)

    async def _screen(self, store: OrganisationStore, ids: list[str]) -> None:
        connection, now = connection_of(store), self._saving.now()
        progress = ProgressStore(connection)
        await FlagStore(connection).lock_organisations(ids)
        waiting = await progress.still_outdated(ids, self._version)
        before = await store.find_many(waiting)
        after = await self._saving.screening.screened(store, before)
        moved = [
            replace(new, version=new.version + 1)
            for old, new in zip(before, after, strict=True)
            if new.held != old.held
        ]
        await store.write(moved, author=SCREENING, at=now)
        request_id = current_request_id()
        await store.append([changed(state, request_id, now) for state in moved])
        await progress.passed(waiting, self._version)


def _require_staff(principal: Principal) -> None:
    if principal.role not in (Role.COORDINATOR, Role.OPERATOR):
        reason = "screening everything again is for coordinators and operators"
        raise ProblemError("forbidden", reason=reason)
