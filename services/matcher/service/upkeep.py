"""Rebuilds that nobody has to ask for: clean files after an erasure, fitted statistics."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum

import structlog

from services.matcher.domain.refitting import is_due
from services.matcher.service.live import LiveIndex
from services.matcher.service.rebuild import RebuildIndex
from services.matcher.store import MatcherStore
from shared.contracts.operations import RebuildPhase
from shared.errors import ProblemError

_log = structlog.get_logger("upkeep")

Learn = Callable[[], Awaitable[object]]
"""What was learned belongs to the statistics it was learned on: again after a fit."""


class Upkeep(StrEnum):
    """What a look has led to."""

    NOTHING = "nothing"
    CLEANED = "cleaned"
    FITTED = "fitted"


class KeepIndex:
    """Looks now and then; one rebuild serves both purposes."""

    def __init__(
        self,
        store: MatcherStore,
        live: LiveIndex,
        rebuild: RebuildIndex,
        learn: Learn,
        *,
        fits: bool = True,
        clean_seconds: float = 3600.0,
    ) -> None:
        self._store = store
        self._live = live
        self._rebuild = rebuild
        self._learn = learn
        self._fits = fits
        self._clean_seconds = clean_seconds
        self._cleaned: float | None = None

    async def look(self) -> Upkeep:
        """Rebuild if that is due, to the end."""
        if not self._live.ready or self._rebuild.running or await self._jobs_run():
            return Upkeep.NOTHING
        fit = self._fits and await self._fit_is_due()
        if not fit and not (self._may_clean() and await self._holds_erased()):
            return Upkeep.NOTHING
        _log.info("rebuild_by_itself", fits=fit)
        self._cleaned = time.monotonic()
        try:
            await self._rebuild.start(fit=fit)
        except ProblemError:  # another process rebuilds, or a job has begun a moment ago
            return Upkeep.NOTHING
        done = await self._rebuild.finished()
        if done.phase is not RebuildPhase.DONE:
            return Upkeep.NOTHING
        if fit:
            with suppress(ProblemError):  # another process is learning, and the night comes
                await self._learn()
        return Upkeep.FITTED if fit else Upkeep.CLEANED

    async def _jobs_run(self) -> bool:
        """A rematch job that began on one collection ends on it."""
        async with self._store.transaction() as transaction:
            return await transaction.rematch.jobs.any_active()

    def _may_clean(self) -> bool:
        since = self._cleaned
        return since is None or time.monotonic() - since >= self._clean_seconds

    async def _holds_erased(self) -> bool:
        async with self._store.transaction() as transaction:
            state = await transaction.index.get()
        return state is not None and state.erased_at is not None

    async def _fit_is_due(self) -> bool:
        live = self._live.current()
        async with self._store.transaction() as transaction:
            fitted_at = await transaction.statistics.fitted_at(live.state.statistics_version)
            stated = await transaction.snapshots.count_groups()
        means = live.encoder.statistics.means if fitted_at else {}
        fitted = {group: mean.count for group, mean in means.items()}
        return is_due(stated, fitted, fitted_at, datetime.now(UTC))
