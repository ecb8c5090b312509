"""Making a collection hold exactly what the snapshots in PostgreSQL say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.snapshot import current
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import IndexedVersion, VectorIndex
from services.matcher.service.ingest import guarded, points_of
from services.matcher.service.live import Live
from services.matcher.store import MatcherStore

_PAGE = 500
_BATCH = 64

Progress = Callable[[int], None]
"""Told how many organisations have been compared so far."""


@dataclass(frozen=True)
class Mended:
    """What was found."""

    compared: int
    missing: int
    surplus: int


class IndexMender:
    """Compares and mends; the row locks keep it in order with what is taken in meanwhile."""

    def __init__(self, store: MatcherStore) -> None:
        self._store = store

    async def mend(self, live: Live, progress: Progress = lambda _: None) -> Mended:
        """Mend a collection, live or not yet. Embeddings come from the store where it has them."""
        held = await held_versions(live.index)
        after: str | None = None
        compared, missing, seen = 0, 0, set[str]()
        while page := await self._page(after):
            wrong = [one.id for one in page if not _agrees(one, held)]
            await self._rewrite(live, wrong)
            missing += len(wrong)
            compared += len(page)
            seen.update(one.id for one in page)
            after = page[-1].id
            progress(compared)
        surplus = sorted(held.keys() - seen)
        await self._rewrite(live, surplus)
        return Mended(compared, missing, len(surplus))

    async def _page(self, after: str | None) -> list[StoredOrganisation]:
        async with self._store.transaction() as transaction:
            return await transaction.snapshots.page(after=after, limit=_PAGE)

    async def _rewrite(self, live: Live, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            await self._warm(live, batch)
            async with self._store.transaction() as transaction:
                held = await transaction.snapshots.lock(batch)
                stored = list(held.values())
                points = await points_of(live, stored)
                await live.index.replace_many(points)
                # Judged by this collection's own statistics.
                noted = guarded(live, stored, points)
                pairs = zip(stored, noted, strict=True)
                changed = [new for old, new in pairs if _hub(old) != _hub(new)]
                await transaction.snapshots.save(changed)

    async def _warm(self, live: Live, ids: Sequence[str]) -> None:
        async with self._store.transaction() as transaction:
            active = await transaction.snapshots.active(ids)
        await live.encoder.warm([s for one in active.values() for s in one.statements])


def _hub(stored: StoredOrganisation) -> float:
    return stored.profile.hub if stored.profile else 0.0


async def held_versions(index: VectorIndex) -> dict[str, IndexedVersion]:
    """All that a collection holds, by organisation."""
    held: dict[str, IndexedVersion] = {}
    after: str | None = None
    while True:
        page, after = await index.versions(after=after, limit=_PAGE)
        held.update({one.organisation: one for one in page})
        if after is None:
            return held


def _agrees(stored: StoredOrganisation, held: Mapping[str, IndexedVersion]) -> bool:
    profile = stored.profile and current(stored.profile, datetime.now(UTC).date())
    indexed = held.get(stored.id)
    if profile is None or not profile.statements:
        return indexed is None
    statements = {statement.key.statement for statement in profile.statements}
    return (
        indexed is not None
        and indexed.version == stored.version
        and indexed.statements == statements
    )
