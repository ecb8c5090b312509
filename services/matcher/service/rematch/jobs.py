"""What people and programs do with jobs."""

from dataclasses import dataclass

from services.matcher.domain.rematch.stored import JobFilter, Origin
from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.service.rematch.starting import StartJob
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.principal import Principal
from shared.contracts.rematch import (
    ChangeCause,
    PairChange,
    RematchDiff,
    RematchJob,
    RematchJobPage,
    RematchRequest,
    RematchState,
)
from shared.errors import ProblemError

_TO_RETRY = (RematchState.FAILED, RematchState.CANCELLED)


@dataclass(frozen=True)
class DiffFilter:
    """None means any."""

    change: PairChange | None = None
    cause: ChangeCause | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class RematchDesk:
    """From PostgreSQL alone: workers look there for what is to be done."""

    store: MatcherStore
    starting: StartJob

    async def start(self, request: RematchRequest, by: Principal, key: str | None) -> RematchJob:
        """Raises what `StartJob.start` raises."""
        async with self.store.transaction() as transaction:
            origin = Origin(by.subject, key)
            return (await self.starting.start(transaction, request, origin)).job

    async def get(self, id: str) -> RematchJob:
        """Raises ProblemError("not_found")."""
        async with self.store.transaction() as transaction:
            return await _job(transaction, id)

    async def page(self, wanted: JobFilter, *, cursor: str | None, limit: int) -> RematchJobPage:
        """Newest first. Raises ProblemError("invalid_request") for a cursor of another list."""
        before = read_id_cursor(cursor)
        async with self.store.transaction() as transaction:
            found = await transaction.rematch.jobs.page(wanted, before=before, limit=limit + 1)
        more = found[limit - 1].number if len(found) > limit else None
        return RematchJobPage(
            items=tuple(one.job for one in found[:limit]), next_cursor=write_id_cursor(more)
        )

    async def cancel(self, id: str) -> RematchJob:
        """At once for whoever asks; workers notice within a second.

        Raises ProblemError `not_found` or `rematch_ended`.
        """
        async with self.store.transaction() as transaction:
            job = await _job(transaction, id, lock=True)
            if not await transaction.rematch.jobs.move(id, RematchState.CANCELLED):
                raise ProblemError("rematch_ended", job=id, state=job.state.value)
            return await _job(transaction, id)

    async def retry(self, id: str, by: Principal) -> RematchJob:
        """A new job that asks for the same.

        Raises ProblemError `not_found`, `rematch_not_to_retry`, or what a start raises.
        """
        async with self.store.transaction() as transaction:
            job = await _job(transaction, id)
            if job.state not in _TO_RETRY:
                raise ProblemError("rematch_not_to_retry", job=id, state=job.state.value)
            origin = Origin(by.subject, retry_of=id)
            return (await self.starting.start(transaction, _asked(job), origin)).job

    async def diff(
        self, id: str, wanted: DiffFilter, *, cursor: str | None, limit: int
    ) -> RematchDiff:
        """Raises ProblemError `not_found` or `rematch_no_run`."""
        after = read_id_cursor(cursor)
        async with self.store.transaction() as transaction:
            job = await _job(transaction, id)
            if job.state is not RematchState.DONE:
                raise ProblemError("rematch_no_run", job=id, state=job.state.value)
            results = transaction.rematch.results
            counts = await results.counts(id)
            found = await results.changes(id, **vars(wanted), after=after, limit=limit + 1)
        more = found[limit - 1][0] if len(found) > limit else None
        return RematchDiff(
            counts=tuple(counts),
            items=tuple(change for _, change in found[:limit]),
            next_cursor=write_id_cursor(more),
        )


async def _job(transaction: StoreTransaction, id: str, *, lock: bool = False) -> RematchJob:
    found = await transaction.rematch.jobs.get(id, lock=lock)
    if found is None:
        raise ProblemError("not_found", what="rematch job", id=id)
    return found.job


def _asked(job: RematchJob) -> RematchRequest:
    return RematchRequest(
        scope=job.scope,
        options=job.options,
        dry_run=job.dry_run,
        priority=job.priority,
        reason=job.reason,
    )
