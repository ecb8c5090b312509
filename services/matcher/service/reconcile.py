"""Comparing the truth with snapshots and index, both ways, and mending."""

import time
from collections.abc import Sequence

from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import OrganisationPoints, ProfilesReader
from services.matcher.service.forgetting import UnusedEmbeddings
from services.matcher.service.ingest import TakeIn
from services.matcher.service.live import LiveIndex
from services.matcher.service.mending import IndexMender
from services.matcher.store import MatcherStore
from shared.contracts.operations import Reconciliation

_BATCH = 256


class Reconcile:
    """PostgreSQL of the profiles service is the truth."""

    def __init__(
        self,
        store: MatcherStore,
        profiles: ProfilesReader,
        take_in: TakeIn,
        mender: IndexMender,
        unused: UnusedEmbeddings,
        live: LiveIndex,
    ) -> None:
        self._store = store
        self._profiles = profiles
        self._take_in = take_in
        self._mender = mender
        self._unused = unused
        self._live = live

    async def reconcile(self) -> Reconciliation:
        """Take in what is missing, forget what the truth does not know, mend the index."""
        started = time.monotonic()
        here = await self._snapshots()
        truth = await self._truth()
        missing = [id for id, version in truth.items() if version > here.get(id, 0)]
        doubtful = [id for id, version in here.items() if version > truth.get(id, 0)]
        for start in range(0, len(missing), _BATCH):
            await self._take_in.take_in(missing[start : start + _BATCH])
        forgotten = await self._forget_unless_confirmed(doubtful, here)
        mended = await self._mender.mend(self._live.current())
        await self._unused.sweep(self._store)
        surplus = forgotten + mended.surplus
        return Reconciliation(
            compared=len(truth.keys() | here.keys()),
            missing=len(missing) + mended.missing,
            surplus=surplus,
            mended=len(missing) + mended.missing + surplus,
            seconds=time.monotonic() - started,
        )

    async def _snapshots(self) -> dict[str, int]:
        found: dict[str, int] = {}
        after: str | None = None
        while page := await self._page(after):
            found.update({one.id: one.version for one in page})
            after = page[-1].id
        return found

    async def _page(self, after: str | None) -> list[StoredOrganisation]:
        async with self._store.transaction() as transaction:
            return await transaction.snapshots.page(after=after, limit=1000)

    async def _truth(self) -> dict[str, int]:
        found: dict[str, int] = {}
        after: str | None = None
        while True:
            page = await self._profiles.manifest(after=after)
            found.update({stamp.id: stamp.version for stamp in page.items})
            after = page.next_cursor
            if after is None:
                return found

    async def _forget_unless_confirmed(self, ids: Sequence[str], here: dict[str, int]) -> int:
        """Newer here than in the truth: it was saved meanwhile, or the truth was set back."""
        forgotten = 0
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            read = await self._profiles.batch_read(batch)
            truth = {item.id: item.version for item in read.items}
            wrong = [id for id in batch if truth.get(id, 0) < here[id]]
            await self._forget(wrong, here)
            await self._take_in.take_in([id for id in wrong if id in truth])
            forgotten += len(wrong)
        return forgotten

    async def _forget(self, ids: Sequence[str], here: dict[str, int]) -> None:
        if not ids:
            return
        async with self._store.transaction() as transaction:
            live = await self._live.writable(transaction)
            held = await transaction.snapshots.lock(ids)
            gone = [one for one in held.values() if one.version == here[one.id]]
            await live.index.replace_many(
                [OrganisationPoints(one.id, one.version, ()) for one in gone]
            )
            await transaction.index.note_erased()
            await transaction.snapshots.remove([one.id for one in gone])
            await transaction.records.forget([one.id for one in gone])
            await self._unused.forget(transaction, gone)
