"""Taking in organisations: one re-read, one embedding batch, one write of the index."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from services.matcher.domain.content import content_digest
from services.matcher.domain.snapshot import current, snapshot_of
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import Lexicon, OrganisationPoints, ProfilesReader
from services.matcher.service.encoding import embedded_texts
from services.matcher.service.forgetting import UnusedEmbeddings
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.matches.departing import follow_organisations
from services.matcher.service.words import with_terms
from services.matcher.store import MatcherStore
from shared.contracts.organisation import ErasedOrganisation, Organisation, Status

_WRITERS = 4


class TakeIn:
    """Brings snapshots and index to what the profiles service says now; idempotent by version."""

    def __init__(
        self,
        store: MatcherStore,
        profiles: ProfilesReader,
        unused: UnusedEmbeddings,
        live: LiveIndex,
    ) -> None:
        self._store = store
        self._profiles = profiles
        self._unused = unused
        self._live = live
        # A write holds one connection and needs a second: more at once could starve the pool.
        self._writing = asyncio.Semaphore(_WRITERS)

    async def take_in(self, ids: Sequence[str]) -> int:
        """Take in these organisations, at most 1,000; how many were older here.

        Raises ProblemError `not_ready` or `upstream_timeout` when a part is away.
        """
        read = await self._profiles.batch_read(sorted(set(ids)))
        lexicon = self._live.current().encoder.lexicon
        offered = [_stored(item, lexicon) for item in read.items]
        newer = await self._newer(offered)
        if not newer:
            return 0
        # Embedding takes seconds: done before any lock, from what was just read.
        profiles = [one.profile for one in newer if one.profile]
        with self._unused.spared(newer):
            await self._live.current().encoder.warm([s for p in profiles for s in p.statements])
            async with self._writing:
                return await self._write(newer)

    async def _newer(self, offered: Sequence[StoredOrganisation]) -> list[StoredOrganisation]:
        async with self._store.transaction() as transaction:
            known = await transaction.snapshots.versions([one.id for one in offered])
        return [one for one in offered if one.version > known.get(one.id, 0)]

    async def _write(self, offered: Sequence[StoredOrganisation]) -> int:
        async with self._store.transaction() as transaction:
            live = await self._live.writable(transaction)
            held = await transaction.snapshots.lock([one.id for one in offered])
            newer = [one for one in offered if one.version > held[one.id].version]
            if newer:
                points = await points_of(live, newer)
                await live.index.replace_many(points)
                await transaction.snapshots.save(guarded(live, newer, points))
                erased = [one.id for one in newer if one.status is Status.ERASED]
                await transaction.records.forget(erased)
                await transaction.declined.forget(erased)
                await transaction.holds.follow({one.id: one.held for one in newer})
                await follow_organisations(transaction, newer)
                await transaction.calls.forget(erased)
                await transaction.rematch.results.forget(erased)
                await transaction.index.note_indexed()
                if erased:
                    await transaction.index.note_erased()
            # Also the digests of what came too late: it was embedded a moment ago.
            passed = [*held.values(), *offered]
            await self._unused.forget(transaction, passed)
        return len(newer)


def guarded(
    live: Live,
    organisations: Sequence[StoredOrganisation],
    points: Sequence[OrganisationPoints],
) -> list[StoredOrganisation]:
    """The organisations with a note of those that are everyone's neighbour."""
    excess = {one.organisation: live.encoder.hub_excess(one) for one in points}
    return [
        replace(one, profile=replace(one.profile, hub=excess[one.id])) if one.profile else one
        for one in organisations
    ]


async def points_of(
    live: Live, organisations: Sequence[StoredOrganisation]
) -> list[OrganisationPoints]:
    """Points of the active ones' valid statements; none for the others, which removes theirs."""
    today = datetime.now(UTC).date()
    active = [current(one.profile, today) for one in organisations if one.profile]
    gone = [OrganisationPoints(one.id, one.version, ()) for one in organisations if not one.profile]
    return [*await live.encoder.points(active), *gone]


def _stored(item: Organisation | ErasedOrganisation, lexicon: Lexicon) -> StoredOrganisation:
    if isinstance(item, ErasedOrganisation) or item.status is not Status.ACTIVE:
        return StoredOrganisation(item.id, item.version, item.status)
    profile = with_terms(snapshot_of(item), lexicon)
    digests = _digests(profile)
    return StoredOrganisation(item.id, item.version, item.status, profile, digests, item.held)


def _digests(profile: MatchedOrganisation) -> frozenset[bytes]:
    """Of all that is embedded for it."""
    return frozenset(content_digest(*one) for one in embedded_texts(profile.statements))
