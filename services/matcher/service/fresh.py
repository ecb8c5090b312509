"""Reading one's own writes: a member who has just saved sees the change."""

import asyncio
from dataclasses import dataclass

import structlog

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState, StoredOrganisation
from services.matcher.ports import ProfilesReader
from services.matcher.service.ingest import TakeIn
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Status, VersionStamp
from shared.errors import ProblemError

_log = structlog.get_logger("fresh")
_AWAY = frozenset({"not_ready", "upstream_timeout"})


@dataclass(frozen=True)
class Asker:
    """Who asks, and what was read with it."""

    profile: MatchedOrganisation
    excluding: frozenset[str]
    """Organisations that will not work with it."""
    state: IndexState | None


@dataclass(frozen=True)
class _Read:
    stored: StoredOrganisation | None
    excluding: frozenset[str]
    state: IndexState | None

    @property
    def version(self) -> int:
        return self.stored.version if self.stored else 0


class FreshProfiles:
    """Snapshots, brought up to date before they are used."""

    def __init__(self, store: MatcherStore, profiles: ProfilesReader, take_in: TakeIn) -> None:
        self._store = store
        self._profiles = profiles
        self._take_in = take_in

    async def asker(self, id: str) -> Asker:
        """The organisation at its newest version.

        While the profiles service is away the last version taken in is used; the answer's
        freshness says which. Raises ProblemError("not_found") for unknown and withdrawn ones.
        """
        read, stamp = await asyncio.gather(self._read(id), self._stamp(id))
        if stamp is None and read.stored is None:
            # Away, and nothing is known: say what is away, not that there is no such.
            stamp = await self._profiles.version(id)
        if stamp and stamp.status is not Status.ACTIVE:
            raise _not_found(id)
        if stamp and read.version < stamp.version:
            await self._take_in.take_in([id])
            read = await self._read(id)
        if read.stored is None or read.stored.profile is None:
            raise _not_found(id)
        return Asker(read.stored.profile, read.excluding, read.state)

    async def _stamp(self, id: str) -> VersionStamp | None:
        """None while the profiles service is away."""
        try:
            return await self._profiles.version(id)
        except ProblemError as error:
            if error.code not in _AWAY:
                raise
            _log.warning("profiles_away", organisation=id)
            return None

    async def _read(self, id: str) -> _Read:
        async with self._store.reading() as stored:
            return _Read(
                await stored.snapshots.get(id),
                await stored.snapshots.excluding(id),
                await stored.index.get(),
            )


def _not_found(id: str) -> ProblemError:
    return ProblemError("not_found", what="organisation", id=id)
