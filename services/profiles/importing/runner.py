"""The loop that works on import jobs; any number of processes may run it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from services.profiles.importing.jobs import ImportJobs, RunningJob
from services.profiles.importing.run import ImportRun
from shared.db import Database
from shared.http.request_id import begin_turn

_LOCKS = 0x1396
"""The first half of the advisory lock's key; the second is the job's."""
_ABANDONED_AFTER = timedelta(minutes=15)


class ImportRunner:
    """Takes the oldest job that nobody works on; an advisory lock ends with its process."""

    def __init__(
        self, database: Database, jobs: ImportJobs, run: ImportRun, *, poll: float = 1.0
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._run = run
        self._poll = poll
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look for a job at once."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; an error ends it, so that the caller starts it again."""
        while True:
            begin_turn()
            self._wake.clear()
            await self._jobs.fail_abandoned(before=datetime.now(UTC) - _ABANDONED_AFTER)
            if not await self.work_once():
                await self._rest()

    async def work_once(self) -> bool:
        """Work on one job to its end; False if there is none to work on."""
        busy: set[str] = set()
        while running := await self._jobs.oldest_running(skipping=busy):
            async with self._lock(running) as mine:
                if mine:
                    await self._go_on(running)
                    return True
            busy.add(running.job.id)
        return False

    async def _go_on(self, running: RunningJob) -> None:
        # Read again under the lock: its last owner may have gone on since.
        fresh = await self._jobs.running(running.job.id)
        if fresh is not None:
            await self._run.work(fresh)

    @asynccontextmanager
    async def _lock(self, running: RunningJob) -> AsyncIterator[bool]:
        key = {"space": _LOCKS, "job": running.job.id}
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            lock = sa.text("select pg_try_advisory_lock(:space, hashtext(:job))")
            mine = bool((await connection.execute(lock, key)).scalar_one())
            try:
                yield mine
            finally:
                if mine:
                    unlock = sa.text("select pg_advisory_unlock(:space, hashtext(:job))")
                    await connection.execute(unlock, key)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), self._poll)
        except TimeoutError:
            return
