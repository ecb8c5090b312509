"""The use cases that read: each answer holds only what its reader may see."""

from collections.abc import Sequence

from services.profiles.domain.stored import OrganisationState
from services.profiles.ports import ListFilter, OrganisationStores
from services.profiles.rights import (
    require_batch_reader,
    require_history_reader,
    require_manifest_reader,
)
from shared.contracts.organisation import (
    Organisation,
    OrganisationBatch,
    OrganisationPage,
    OrganisationVersion,
    Status,
    VersionManifest,
    VersionPage,
    VersionStamp,
)
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.visibility import as_seen_by, may_see


class OrganisationReading:
    """Reads organisations and their history."""

    def __init__(self, stores: OrganisationStores) -> None:
        self._stores = stores

    async def read(self, reader: Principal, organisation_id: str) -> Organisation:
        """One organisation. Raises ProblemError `not_found`, or `erased` where they may know."""
        async with self._stores.reading() as store:
            return seen(await store.find(organisation_id), reader, organisation_id)

    async def stamp(self, reader: Principal, organisation_id: str) -> VersionStamp:
        """Its version and state; for those who may see everything, erased ones too."""
        async with self._stores.reading() as store:
            stamp = await store.stamp(organisation_id)
        if stamp and (stamp.status is Status.ACTIVE or _sees_all_of(reader, organisation_id)):
            return stamp
        raise _not_found(organisation_id)

    async def read_many(self, reader: Principal, ids: Sequence[str]) -> OrganisationBatch:
        """Those that exist, in any state, in full."""
        require_batch_reader(reader)
        async with self._stores.reading() as store:
            states = await store.find_many(ids)
        return OrganisationBatch.model_construct(
            items=tuple(state.as_contract() for state in states)
        )

    async def manifest(self, reader: Principal, after: str | None, limit: int) -> VersionManifest:
        """Stamps of all organisations, in id order."""
        require_manifest_reader(reader)
        async with self._stores.reading() as store:
            return await store.manifest(after, limit)

    async def page(
        self, reader: Principal, wanted: ListFilter, after: str | None, limit: int
    ) -> OrganisationPage:
        """A page of the list, in id order."""
        async with self._stores.reading() as store:
            return await store.page(wanted, reader, after=after, limit=limit)

    async def history(
        self, reader: Principal, organisation_id: str, before: int | None, limit: int
    ) -> VersionPage:
        """Its versions, newest first."""
        require_history_reader(reader, organisation_id)
        async with self._stores.reading() as store:
            _require_kept(await store.stamp(organisation_id), organisation_id)
            return await store.history(organisation_id, before=before, limit=limit)

    async def version(
        self, reader: Principal, organisation_id: str, version: int
    ) -> OrganisationVersion:
        """One of its versions."""
        require_history_reader(reader, organisation_id)
        async with self._stores.reading() as store:
            _require_kept(await store.stamp(organisation_id), organisation_id)
            found = await store.version(organisation_id, version)
        if found is None:
            raise ProblemError("not_found", what="version", id=version)
        return found


def seen(state: OrganisationState | None, reader: Principal, organisation_id: str) -> Organisation:
    """A state as the reader may see it."""
    organisation = state.as_contract() if state else None
    if isinstance(organisation, Organisation) and may_see(organisation, reader):
        return as_seen_by(organisation, reader)
    if organisation and state and _sees_all_of(reader, organisation_id):
        raise ProblemError("erased", id=organisation_id)
    raise _not_found(organisation_id)


def _sees_all_of(reader: Principal, organisation_id: str) -> bool:
    return reader.sees_everything or reader.speaks_for(organisation_id)


def _require_kept(stamp: VersionStamp | None, organisation_id: str) -> None:
    if stamp is None:
        raise _not_found(organisation_id)
    if stamp.status is Status.ERASED:
        raise ProblemError("erased", id=organisation_id)


def _not_found(organisation_id: str) -> ProblemError:
    return ProblemError("not_found", what="organisation", id=organisation_id)
