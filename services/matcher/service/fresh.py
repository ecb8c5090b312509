"""Reading one's own writes: a member who has just saved sees the change."""

import structlog

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import ProfilesReader
from services.matcher.service.ingest import TakeIn
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Status
from shared.errors import ProblemError

_log = structlog.get_logger("fresh")
_AWAY = frozenset({"not_ready", "upstream_timeout"})


class FreshProfiles:
    """Snapshots, brought up to date before they are used."""

    def __init__(self, store: MatcherStore, profiles: ProfilesReader, take_in: TakeIn) -> None:
        self._store = store
        self._profiles = profiles
        self._take_in = take_in

    async def active(self, id: str) -> MatchedOrganisation:
        """The organisation at its newest version.

        While the profiles service is away the last version taken in is used; the answer's
        freshness says which. Raises ProblemError("not_found") for unknown and withdrawn ones.
        """
        stored = await self._stored(id)
        try:
            stamp = await self._profiles.version(id)
        except ProblemError as error:
            if error.code not in _AWAY or stored is None:
                raise
            _log.warning("profiles_away", organisation=id)
        else:
            if stamp.status is not Status.ACTIVE:
                raise _not_found(id)
            if stored is None or stored.version < stamp.version:
                await self._take_in.take_in([id])
                stored = await self._stored(id)
        if stored is None or stored.profile is None:
            raise _not_found(id)
        return stored.profile

    async def _stored(self, id: str) -> StoredOrganisation | None:
        async with self._store.transaction() as transaction:
            return await transaction.snapshots.get(id)


def _not_found(id: str) -> ProblemError:
    return ProblemError("not_found", what="organisation", id=id)
