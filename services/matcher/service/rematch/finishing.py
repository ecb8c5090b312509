"""The last stage: places are shared out, and everything appears in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.allocation.allocate import Strategy
from services.matcher.domain.allocation.shortage import InfeasibleBoundsError
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.findings import Findings, from_bytes
from services.matcher.domain.rematch.sharing import Shared, shared_out
from services.matcher.domain.rematch.stored import LISTS_STAGE, Refusal, StoredJob, Task
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.rematch.computing import TaskLostError
from services.matcher.service.rematch.ground import Ground, read_ground
from services.matcher.service.rematch.outcome import Outcome, outcome_of
from services.matcher.service.rematch.problems import failed_for
from services.matcher.service.rematch.to_matches import (
    BestSide,
    best_sides,
    packed_evidence,
    suggested,
)
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.rematch import PairChange, RematchState

StrategyNamed = Callable[[str], Strategy]

_PORTION = 1000
"""Pairs written together: a tenth of a second or so, after which a cancel is noticed."""


@dataclass(frozen=True)
class FinishJob:
    """One worker at a time; one that was too slow changes nothing."""

    store: MatcherStore
    suggested: RecordSuggested
    strategies: StrategyNamed
    stale_months: int
    lease_seconds: float = 25.0
    heartbeat_seconds: float = 1.0

    async def finish(self, job: str) -> Refusal | None:
        """None when it is done, or has failed for a reason that lies in the job.

        Raises TaskLostError, and what the stores and the solver raise.
        """
        async with self.store.transaction() as transaction:
            taken = await transaction.rematch.finishes.take(job, lease_seconds=self.lease_seconds)
            stored = await transaction.rematch.jobs.get(job)
        if isinstance(taken, Refusal) or stored is None:
            return taken if isinstance(taken, Refusal) else Refusal.OVER
        beating = asyncio.create_task(self._beat(taken))
        try:
            await self._finished(stored, taken)
        except TaskLostError:
            raise
        except Exception:
            async with self.store.transaction() as transaction:
                await transaction.rematch.finishes.failed(taken)
            raise
        finally:
            beating.cancel()
        return None

    async def _finished(self, stored: StoredJob, task: Task) -> None:
        async with self.store.transaction() as transaction:
            plan = await transaction.rematch.jobs.plan(task.job)
            if plan is None:
                raise TaskLostError(task)
            staged = await transaction.rematch.partitions.results(task.job, LISTS_STAGE)
            declined_since = datetime.now(UTC) - self.suggested.cases.policy.again_after
            ground = await read_ground(
                transaction, stored, plan.day, self.stale_months, declined_since
            )
        options = stored.job.options
        strategy = self.strategies(options.sharing.value)

        def share() -> tuple[list[Findings], Shared, Outcome]:
            findings = [one for part in staged for one in from_bytes(part)]
            unchanged = ground.unchanged(findings)
            found = shared_out(
                findings, ground.circle, ground.standing, unchanged, options, strategy
            )
            return findings, found, outcome_of(stored, ground, findings, found)

        try:
            findings, _, outcome = await asyncio.to_thread(share)
        except InfeasibleBoundsError as error:
            await self._infeasible(task, error)
            return
        await self._written(stored, task, ground, findings, outcome)

    async def _written(
        self,
        stored: StoredJob,
        task: Task,
        ground: Ground,
        findings: list[Findings],
        outcome: Outcome,
    ) -> None:
        """The job's row is locked last, so that nobody who cancels it waits for all of this."""
        async with self.store.transaction() as transaction:
            await transaction.rematch.jobs.claim("results")
            results = transaction.rematch.results
            run = await results.add_run(
                task.job,
                dry_run=stored.job.dry_run,
                versions=outcome.versions,
                figures=outcome.figures,
                digest=outcome.digest,
            )
            await results.add_changes(run, outcome.changes)
            if not stored.job.dry_run:
                covered = {one.organisation: one.version for one in findings}
                await results.replace(run, covered, outcome.places, ground.gone)
                await self._to_matches(transaction, task, f"rematch-{run}", findings, outcome)
            await self._held(transaction, task)
            await transaction.rematch.jobs.move(task.job, RematchState.DONE)

    async def _to_matches(
        self,
        transaction: StoreTransaction,
        task: Task,
        run: str,
        findings: list[Findings],
        outcome: Outcome,
    ) -> None:
        pairs = best_sides(findings, outcome.places)
        await self._look(transaction, task)
        evidence = await self._evidence(transaction, task, pairs)
        standing = {one.pair for one in pairs} | outcome.elsewhere
        for start in range(0, len(pairs), _PORTION):
            await self._look(transaction, task)
            portion = [suggested(one, evidence) for one in pairs[start : start + _PORTION]]
            await self.suggested.record_in(transaction, portion, run)
        gone = [
            Pair(*one.organisations) for one in outcome.changes if one.change is PairChange.GONE
        ]
        gone = [one for one in gone if one not in standing]
        await self.suggested.withdraw_in(transaction, gone, run)

    async def _evidence(
        self, transaction: StoreTransaction, task: Task, pairs: Sequence[BestSide]
    ) -> dict[Pair, bytes]:
        """Packed, and of the pairs that have got a place alone."""
        wanted: dict[str, list[str]] = {}
        for one in pairs:
            wanted.setdefault(one.organisation, []).append(one.partner)
        partitions, found = transaction.rematch.partitions, dict[Pair, bytes]()
        for number in await partitions.listed(task.job):
            if staged := await partitions.evidence(task.job, number):
                found.update(await asyncio.to_thread(packed_evidence, staged, wanted))
        return found

    async def _look(self, transaction: StoreTransaction, task: Task) -> None:
        """Whether it is still wanted: a cancelled job gives up before its next portion."""
        if not await transaction.rematch.finishes.mine(task):
            raise TaskLostError(task)

    async def _held(self, transaction: StoreTransaction, task: Task) -> None:
        if not await transaction.rematch.finishes.hold(task):
            raise TaskLostError(task)

    async def _infeasible(self, task: Task, error: InfeasibleBoundsError) -> None:
        words = {"words": error.shortage.words(), "words_zh": error.shortage.words_zh()}
        problem = failed_for("rematch_bounds", words)
        async with self.store.transaction() as transaction:
            await self._held(transaction, task)
            await transaction.rematch.jobs.move(task.job, RematchState.FAILED, problem=problem)

    async def _beat(self, task: Task) -> None:
        while True:
            await asyncio.sleep(self.heartbeat_seconds)
            async with self.store.transaction() as transaction:
                await transaction.rematch.finishes.touch(task)
