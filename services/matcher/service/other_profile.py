"""The organisation that a question is about, as far as its reader may know of it."""

import asyncio
from dataclasses import dataclass

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.ports import ProfilesReader
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Status, VersionStamp
from shared.contracts.principal import Principal
from shared.errors import ProblemError

_AWAY = frozenset({"not_ready", "upstream_timeout"})


@dataclass(frozen=True)
class OtherProfile:
    """What is known here of an organisation that exists."""

    status: Status
    profile: MatchedOrganisation | None
    """With statements that are held or over; None before it was taken in, and once withdrawn."""
    held_statements: frozenset[str]
    behind: bool
    """The newest version has not been taken in yet."""


@dataclass(frozen=True)
class OtherProfiles:
    """Reads them."""

    store: MatcherStore
    profiles: ProfilesReader

    async def visible(self, id: str, reader: Principal) -> OtherProfile:
        """Raises ProblemError `not_found` for what the reader may not know of, `erased`."""
        (stored, held), stamp = await asyncio.gather(self._stored(id), self._stamp(id))
        if stamp is None and stored is None:
            # Away, and nothing is known: say what is away, not that there is no such.
            stamp = await self.profiles.version(id)
        status = stamp.status if stamp else (stored.status if stored else None)
        if status is None or (status is not Status.ACTIVE and not reader.sees_everything):
            raise ProblemError("not_found", what="organisation", id=id)
        if status is Status.ERASED:
            raise ProblemError("erased", id=id)
        known = stored.version if stored else 0
        profile = stored.profile if stored else None
        return OtherProfile(status, profile, held, bool(stamp and known < stamp.version))

    async def _stored(self, id: str) -> tuple[StoredOrganisation | None, frozenset[str]]:
        async with self.store.transaction() as transaction:
            return (
                await transaction.snapshots.get(id),
                await transaction.holds.held_statements(id),
            )

    async def _stamp(self, id: str) -> VersionStamp | None:
        """None while the profiles service is away."""
        try:
            return await self.profiles.version(id)
        except ProblemError as error:
            if error.code not in _AWAY:
                raise
            return None
