"""A new collection beside the live one, from PostgreSQL alone, and the swap."""

import asyncio
import time
from datetime import UTC, datetime
from uuid import uuid4

import structlog

from services.matcher.domain.correction_document import to_document
from services.matcher.domain.stored import IndexState
from services.matcher.service.collections import Collections
from services.matcher.service.fitting import FitStatistics
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.mending import IndexMender
from services.matcher.store import MatcherStore
from shared.contracts.operations import Rebuild, RebuildPhase, Reindexing
from shared.contracts.rematch import Computation
from shared.errors import ProblemError

_log = structlog.get_logger("rebuild")
_BEAT_SECONDS = 10.0
_RUNNING = "a rebuild is running; see GET /index"
_ASKED = "rematch jobs ask the index; wait for them, or cancel them"


class RebuildIndex:
    """One at a time; suggestions and changes go on meanwhile."""

    def __init__(
        self,
        store: MatcherStore,
        collections: Collections,
        fitting: FitStatistics,
        mender: IndexMender,
        live: LiveIndex,
        *,
        grace_seconds: float = 5.0,
    ) -> None:
        self._store = store
        self._collections = collections
        self._fitting = fitting
        self._mender = mender
        self._live = live
        self._grace = grace_seconds
        self._task: asyncio.Task[None] | None = None
        self._owner = uuid4().hex
        self.progress: Rebuild | None = None

    async def start(self, *, fit: bool = True) -> Rebuild:
        """Begin in the background; without `fit` the statistics stay, and what was
        learned on them.

        Raises ProblemError `conflict` while one is running, in whatever process, or while rematch
        jobs ask the index.
        """
        if self._task and not self._task.done():
            raise ProblemError("conflict", reason=_RUNNING)
        self._live.current()
        await self._begin()
        self.progress = Rebuild(phase=RebuildPhase.FITTING, started_at=datetime.now(UTC))
        self._task = asyncio.create_task(self._run(fit), name="rebuild")
        return self.progress

    @property
    def running(self) -> bool:
        """Whether another collection is being built; the grace after the swap does not count."""
        under_way = self._task is not None and not self._task.done()
        return under_way and not (self.progress and self.progress.phase is RebuildPhase.DONE)

    async def finished(self) -> Rebuild:
        """How the last one ended, once it has; raises RuntimeError where none was started."""
        if self._task is None or self.progress is None:
            raise RuntimeError("no rebuild was started")
        await asyncio.wait([self._task])
        return self.progress

    async def stop(self) -> None:
        """Give a running rebuild up."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, fit: bool) -> None:
        try:
            await self._begun(fit)
        except Exception as error:
            _log.error("rebuild_failed", exc_info=error)
            self._note(phase=RebuildPhase.FAILED, problem=type(error).__name__)

    async def rebuild(self, *, fit: bool = True) -> Reindexing:
        """Fit, build, catch up, swap; the old collection is dropped after a grace.

        The new files hold nothing that was erased before the build began.

        Raises what `start` raises.
        """
        await self._begin()
        return await self._begun(fit)

    async def _begin(self) -> None:
        async with self._store.transaction() as transaction:
            # Jobs begin behind it too: one of the two sees the other.
            await transaction.index.close_gate()
            if await transaction.rematch.jobs.active_with(Computation.ANN):
                raise ProblemError("conflict", reason=_ASKED)
            if not await transaction.index.begin_rebuild(self._owner):
                raise ProblemError("conflict", reason=_RUNNING)

    async def _begun(self, fit: bool) -> Reindexing:
        beating = asyncio.create_task(self._beat())
        try:
            return await self._swapped(fit)
        finally:
            beating.cancel()
            await self._end()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            async with self._store.transaction() as transaction:
                await transaction.index.touch_rebuild(self._owner)

    async def _end(self) -> None:
        async with self._store.transaction() as transaction:
            await transaction.index.end_rebuild(self._owner)

    async def _swapped(self, fit: bool) -> Reindexing:
        started = time.monotonic()
        old = self._live.current()
        began = await self._moment()
        state = await self._fitted() if fit else self._collections.fresh(old.state)
        new = await self._collections.open(state)
        try:
            organisations = await self._build(new)
            await self._swap(new, began)
        except BaseException:
            await self._collections.discard(new)
            raise
        result = Reindexing(
            collection=new.state.collection,
            statistics_version=new.state.statistics_version,
            organisations=organisations,
            statements=await new.index.count(),
            seconds=time.monotonic() - started,
        )
        self._note(phase=RebuildPhase.DONE, result=result)
        await self._end()
        # Requests that began before the swap may still be asking it.
        await asyncio.sleep(self._grace)
        await self._collections.discard(old)
        return result

    async def _moment(self) -> datetime:
        async with self._store.transaction() as transaction:
            await transaction.index.close_gate()
            return await transaction.index.moment()

    async def _fitted(self) -> IndexState:
        statistics = await self._fitting.fit()
        async with self._store.transaction() as transaction:
            version = await transaction.statistics.add(statistics.model, to_document(statistics))
        return self._collections.state(version)

    async def _build(self, new: Live) -> int:
        async with self._store.transaction() as transaction:
            total = await transaction.snapshots.count_active()
        self._note(phase=RebuildPhase.BUILDING, organisations_total=total)
        built = await self._mender.mend(new, lambda n: self._note(organisations_done=min(n, total)))
        # What changed meanwhile; little is left for behind the gate.
        await self._mender.mend(new)
        return min(built.compared, total)

    async def _swap(self, new: Live, began: datetime) -> None:
        self._note(phase=RebuildPhase.SWAPPING)
        async with self._store.transaction() as transaction:
            await transaction.index.close_gate()
            await self._mender.mend(new)
            await transaction.index.put(new.state)
            await transaction.index.forget_erased(began)
        self._live.set(new)

    def _note(self, **changes: object) -> None:
        if self.progress:
            self.progress = self.progress.model_copy(update=changes)
