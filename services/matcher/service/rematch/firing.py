"""Starting what has come due: each due time once, however many processes look."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from services.matcher.domain.rematch.stored import Origin, StoredFiring, StoredSchedule
from services.matcher.service.rematch.cron import next_due
from services.matcher.service.rematch.starting import StartJob
from services.matcher.store import MatcherStore
from shared.contracts.rematch_schedules import FiringOutcome
from shared.errors import ProblemError
from shared.http.request_id import begin_turn

_log = structlog.get_logger("schedules")
_LOOK_SECONDS = 1.0
_PASSING = frozenset({"not_ready", "out_of_space"})


@dataclass(frozen=True)
class FireSchedules:
    """Times that passed while nothing ran fire once, not once each."""

    store: MatcherStore
    starting: StartJob

    async def run(self) -> None:
        """Look every second, for ever."""
        while True:
            begin_turn()
            while await self.fire_one(datetime.now(UTC)):
                pass
            await asyncio.sleep(_LOOK_SECONDS)

    async def fire_one(self, now: datetime) -> bool:
        """Whether one was due: its job is started, or the reason noted why it was not.

        Raises ProblemError `not_ready` where it is to be tried again.
        """
        try:
            fired = await self._started(now)
        except ProblemError as error:
            if error.code in _PASSING:
                raise
            fired = await self._skipped(now, error.code)
        if fired:
            _log.info("schedule_fired", schedule=fired.schedule, job=fired.job, why=fired.problem)
        return fired is not None

    async def _started(self, now: datetime) -> StoredFiring | None:
        """The row's lock, the firing and the job are one transaction."""
        async with self.store.transaction() as transaction:
            schedules = transaction.rematch.schedules
            due = await schedules.due(now)
            if due is None or due.next_at is None:
                return None
            firing = StoredFiring(due.id, due.next_at, FiringOutcome.STARTED.value)
            if await schedules.fire(firing):
                origin = Origin(f"schedule:{due.name}", schedule=due.id)
                started = await self.starting.start(transaction, due.job, origin)
                firing = replace(firing, job=started.job.id)
                await schedules.outcome(firing)
            await schedules.put(_after(due, now))
            return firing

    async def _skipped(self, now: datetime, problem: str) -> StoredFiring | None:
        async with self.store.transaction() as transaction:
            schedules = transaction.rematch.schedules
            due = await schedules.due(now)
            if due is None or due.next_at is None:
                return None
            firing = StoredFiring(due.id, due.next_at, FiringOutcome.SKIPPED.value, problem=problem)
            await schedules.fire(firing)
            await schedules.put(_after(due, now))
            return firing


def _after(schedule: StoredSchedule, now: datetime) -> StoredSchedule:
    return replace(schedule, next_at=next_due(schedule.cron, schedule.time_zone, now))
