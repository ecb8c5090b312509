"""FAULTS 13: workers that stop, die, or come back too late; and bad input."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from services.matcher.domain.matches.suggesting import SuggestedPair
from services.matcher.domain.rematch.findings import Findings, to_bytes
from services.matcher.domain.rematch.stored import JobFilter, Refusal, Staged, StoredJob, Task
from services.matcher.service.matches.suggesting import RecordSuggested, SuggestedReport
from services.matcher.service.rematch import starting
from services.matcher.service.rematch.by_suggestions import BySuggestions
from services.matcher.service.rematch.computing import (
    ComputePartition,
    InputsChangedError,
    Progress,
    TaskLostError,
)
from services.matcher.service.rematch.giving_up import GiveUp
from services.matcher.store import StoreTransaction
from shared.contracts.rematch import Computation, RematchRequest, RematchScope, RematchState
from shared.contracts.rematch_schedules import NewRematchSchedule
from shared.errors import ProblemError
from tests.integration.matcher_rematch.conftest import ALL, PACE, RematchBench
from tests.integration.matcher_rematch.test_rematch_jobs import wanted

pytestmark = pytest.mark.anyio


@dataclass
class Stuck:
    """Computes until it is let go; for ever unless told otherwise."""

    go: asyncio.Event
    begun: asyncio.Event

    async def computed(self, job: StoredJob, task: Task, progress: Progress) -> Staged:
        self.begun.set()
        await self.go.wait()
        return Staged(to_bytes([Findings(id, 1, ()) for id in task.organisations]))


def stuck_worker(rematch: RematchBench, name: str, **pace: float) -> tuple[ComputePartition, Stuck]:
    stuck = Stuck(asyncio.Event(), asyncio.Event())
    ways = {Computation.EXACT: stuck}
    return ComputePartition(rematch.bench.store, name, ways, replace(PACE, **pace)), stuck


async def test_a_stopped_workers_partition_is_done_by_another_and_counted_once(
    rematch: RematchBench,
) -> None:
    job = await rematch.started(wanted(dry_run=True))
    late, stuck = stuck_worker(rematch, "late", heartbeat=60)
    stopped = asyncio.create_task(late.compute(job.id, 0))
    await stuck.begun.wait()
    other, _ = stuck_worker(rematch, "other")
    assert await other.compute(job.id, 0) is Refusal.TAKEN
    async with rematch.workers(rematch.parts):
        ended = await rematch.ended(job.id)
    assert ended.state is RematchState.DONE
    stuck.go.set()
    with pytest.raises(TaskLostError):
        await stopped
    assert ended.progress.organisations_done == ended.progress.organisations


async def test_a_result_of_an_earlier_attempt_is_not_taken(rematch: RematchBench) -> None:
    job = await rematch.started(wanted(dry_run=True))
    async with rematch.bench.store.transaction() as transaction:
        first = await transaction.rematch.partitions.take(job.id, 0, "one", lease_seconds=0)
        second = await transaction.rematch.partitions.take(job.id, 0, "two", lease_seconds=0)
        assert isinstance(first, Task)
        assert isinstance(second, Task)
        staged = transaction.rematch.partitions.stage
        assert [await staged(one, Staged(b"")) for one in (first, second, second)] == [
            False,
            True,
            False,
        ]
    await rematch.cases.desk.cancel(job.id)


async def test_a_cancel_reaches_the_worker_within_two_seconds(rematch: RematchBench) -> None:
    job = await rematch.started(wanted(dry_run=True))
    worker, stuck = stuck_worker(rematch, "one")
    working = asyncio.create_task(worker.compute(job.id, 0))
    await stuck.begun.wait()
    started = time.monotonic()
    cancelled = await rematch.cases.desk.cancel(job.id)
    with pytest.raises(TaskLostError):
        await working
    assert time.monotonic() - started < 2
    assert cancelled.state is RematchState.CANCELLED
    with pytest.raises(ProblemError, match="rematch_ended"):
        await rematch.cases.desk.cancel(job.id)
    again = await rematch.cases.desk.retry(job.id, ALL)
    assert again.retry_of == job.id
    await rematch.cases.desk.cancel(again.id)


async def test_a_job_fails_in_words_when_the_index_was_swapped(rematch: RematchBench) -> None:
    job = await rematch.started(wanted(dry_run=True))
    await GiveUp(rematch.bench.store).inputs_changed(job.id)
    ended = await rematch.ended(job.id)
    assert ended.problem
    assert ended.problem.code == "rematch_inputs_changed"
    assert (await rematch.run(wanted(dry_run=True)))[0].state is RematchState.DONE


async def test_ann_notices_that_the_statistics_are_others(rematch: RematchBench) -> None:
    job = await rematch.started(wanted(Computation.ANN, dry_run=True))
    async with rematch.bench.store.transaction() as transaction:
        stored = await transaction.rematch.jobs.get(job.id)
    assert stored
    other = replace(stored, basis=replace(stored.basis, statistics_version=99))
    ann = BySuggestions(rematch.bench.store, rematch.bench.listing)
    task = Task(job.id, 0, 1, ("lenses-a",))
    with pytest.raises(InputsChangedError):
        await ann.computed(other, task, Progress())
    await rematch.cases.desk.cancel(job.id)


async def test_one_job_at_a_time_for_a_scope(rematch: RematchBench) -> None:
    one = RematchScope(organisations=("lenses-a", "ropes-a"))
    same = RematchScope(organisations=("ropes-a", "lenses-a"))
    job = await rematch.started(wanted(scope=one))
    with pytest.raises(ProblemError) as caught:
        await rematch.started(wanted(scope=same))
    assert (caught.value.code, caught.value.parameters["job"]) == ("rematch_running", job.id)
    await rematch.cases.desk.cancel(job.id)


async def test_the_same_key_starts_one_job(rematch: RematchBench) -> None:
    asked = wanted(dry_run=True)
    starts = [rematch.cases.desk.start(asked, ALL, "key-1") for _ in range(5)]
    assert len({job.id for job in await asyncio.gather(*starts)}) == 1
    with pytest.raises(ProblemError, match="idempotency_key_reused"):
        await rematch.cases.desk.start(wanted(), ALL, "key-1")
    page = await rematch.cases.desk.page(JobFilter(), cursor=None, limit=1)
    await rematch.cases.desk.cancel(page.items[0].id)


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ({"field": "no-such-field"}, "invalid_request"),
        ({"province": "320100"}, "invalid_request"),
        ({"organisations": ["nobody"]}, "invalid_request"),
        ({"changed_since": "2999-01-01T00:00:00Z"}, "rematch_scope_empty"),
    ],
)
async def test_bad_scopes_start_nothing(
    rematch: RematchBench, scope: dict[str, object], code: str
) -> None:
    before = await rematch.cases.desk.page(JobFilter(), cursor=None, limit=200)
    with pytest.raises(ProblemError, match=code):
        await rematch.started(wanted(scope=scope))
    assert await rematch.cases.desk.page(JobFilter(), cursor=None, limit=200) == before


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"sharing": "top_k", "least": 2}, "options.least"),
        ({"sharing": "transferable_utility", "congestion": 0.1}, "options.congestion"),
        ({"sharing": "transport"}, "options.sharing"),
    ],
)
async def test_what_a_way_of_sharing_cannot_do_is_refused_at_the_start(
    rematch: RematchBench,
    options: dict[str, object],
    field: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(starting, "LARGEST_PLAN", 100)
    with pytest.raises(ProblemError) as caught:
        await rematch.started(RematchRequest.model_validate({"options": options}))
    assert caught.value.code == "invalid_request"
    (problem,) = caught.value.fields
    assert problem.field == field
    assert "flow" in problem.mend


async def test_no_job_begins_while_any_process_rebuilds_the_index(rematch: RematchBench) -> None:
    async with rematch.bench.store.transaction() as transaction:
        assert await transaction.index.begin_rebuild("another process")
    try:
        with pytest.raises(ProblemError, match="rematch_index_rebuilding"):
            await rematch.started(wanted())
        with pytest.raises(ProblemError, match="a rebuild is running"):
            await rematch.bench.rebuild.start()
    finally:
        async with rematch.bench.store.transaction() as transaction:
            await transaction.index.end_rebuild("another process")


async def test_no_rebuild_begins_while_a_job_asks_the_index(rematch: RematchBench) -> None:
    job = await rematch.started(wanted(Computation.ANN, dry_run=True))
    with pytest.raises(ProblemError, match="rematch jobs ask the index"):
        await rematch.bench.rebuild.start()
    await rematch.cases.desk.cancel(job.id)


async def test_a_due_time_fires_once_however_many_look(rematch: RematchBench) -> None:
    new = NewRematchSchedule(name="minutely", cron="* * * * *", job=wanted(dry_run=True))
    schedule = await rematch.cases.schedules.create(new, ALL, None)
    later = datetime.now(UTC) + timedelta(minutes=7)
    fired = await asyncio.gather(*(rematch.cases.firing.fire_one(later) for _ in range(4)))
    assert sum(fired) == 1
    shown = await rematch.cases.schedules.get(schedule.id)
    assert shown.last
    assert shown.last.job
    assert shown.next_at
    assert shown.next_at > later
    # The scope is at work still: the next due time is noted, and starts nothing.
    assert await rematch.cases.firing.fire_one(later + timedelta(minutes=2))
    skipped = (await rematch.cases.schedules.get(schedule.id)).last
    assert skipped
    assert (skipped.outcome, skipped.problem) == ("skipped", "rematch_running")
    await rematch.cases.desk.cancel(shown.last.job)


@pytest.mark.parametrize(
    ("cron", "zone", "code"),
    [
        ("0 0 30 2 *", "Asia/Shanghai", "schedule_never_fires"),
        ("every monday!", "Asia/Shanghai", "invalid_request"),
        ("0 3 * * *", "Asia/Atlantis", "invalid_request"),
    ],
)
async def test_a_schedule_that_cannot_fire_is_refused(
    rematch: RematchBench, cron: str, zone: str, code: str
) -> None:
    new = NewRematchSchedule(name="x", cron=cron, time_zone=zone)
    with pytest.raises(ProblemError, match=code):
        await rematch.cases.schedules.create(new, ALL, None)


@dataclass(frozen=True)
class Halting(RecordSuggested):
    """Waits before it writes the first matches."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def record_in(
        self,
        transaction: StoreTransaction,
        pairs: Sequence[SuggestedPair],
        run: str,
        report: SuggestedReport | None = None,
    ) -> SuggestedReport:
        self.begun.set()
        await self.go.wait()
        return await super().record_in(transaction, pairs, run, report)


async def test_a_cancel_does_not_wait_for_the_results_to_be_written(rematch: RematchBench) -> None:
    halting = Halting(rematch.parts.suggested.cases)
    async with rematch.bench.store.transaction() as transaction:
        before = await transaction.rematch.results.standing()
    job = await rematch.started(wanted())
    async with rematch.workers(replace(rematch.parts, suggested=halting)):
        await halting.begun.wait()
        async with asyncio.timeout(2):
            cancelled = await rematch.cases.desk.cancel(job.id)
        assert cancelled.state is RematchState.CANCELLED
        halting.go.set()
        # The next job ends only when the cancelled one has let go of the results.
        again = await rematch.started(wanted(dry_run=True))
        assert (await rematch.ended(again.id)).state is RematchState.DONE
    async with rematch.bench.store.transaction() as transaction:
        assert await transaction.rematch.results.standing() == before
    assert (await rematch.cases.desk.get(job.id)).state is RematchState.CANCELLED
