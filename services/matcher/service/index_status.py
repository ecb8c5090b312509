"""The matcher's view of itself."""

from collections.abc import Awaitable, Callable

from services.matcher.service.live import LiveIndex
from services.matcher.service.rebuild import RebuildIndex
from services.matcher.store import MatcherStore
from shared.contracts.operations import IndexStatus

Pending = Callable[[], Awaitable[int]]


class ReadIndexStatus:
    """Counts from PostgreSQL, the index and the bus."""

    def __init__(
        self, store: MatcherStore, live: LiveIndex, rebuild: RebuildIndex, pending: Pending
    ) -> None:
        self._store = store
        self._live = live
        self._rebuild = rebuild
        self._pending = pending

    async def read(self) -> IndexStatus:
        """Raises ProblemError("not_ready") until the index is open."""
        live = self._live.current()
        model = live.encoder.embedder.embedder
        async with self._store.transaction() as transaction:
            state = await transaction.index.get()
            organisations = await transaction.snapshots.count_active()
            letters = await transaction.letters.count_open()
            fitted_at = await transaction.statistics.fitted_at(live.state.statistics_version)
        return IndexStatus(
            collection=live.state.collection,
            model=model.model,
            dimension=model.dimension,
            statistics_version=live.state.statistics_version,
            statistics_fitted_at=fitted_at,
            statements=await live.index.count(),
            organisations=organisations,
            pending=await self._pending(),
            dead_letters=letters,
            indexed_at=state.indexed_at if state else None,
            device=model.device,
            rebuild=self._rebuild.progress,
        )


async def statistics_age(store: MatcherStore, live: LiveIndex) -> str:
    """The live statistics' version, and when they were fitted. Raises ProblemError `not_ready`."""
    version = live.current().state.statistics_version
    async with store.transaction() as transaction:
        fitted_at = await transaction.statistics.fitted_at(version)
    return f"{version}, fitted {fitted_at:%Y-%m-%d %H:%M} UTC" if fitted_at else "shipped"
