"""A profiles service in memory: it keeps versions, and can be away."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from shared.contracts.organisation import (
    ErasedOrganisation,
    Organisation,
    OrganisationBatch,
    Status,
    VersionManifest,
    VersionStamp,
)
from shared.errors import ProblemError


class StatefulProfiles:
    """The truth of the matcher's tests; passes for a `ProfilesReader`."""

    def __init__(self) -> None:
        self.stored: dict[str, Organisation | ErasedOrganisation] = {}
        self.away = False
        self.now = datetime.now(UTC)
        """When the next profile is saved."""
        self.batch_reads: list[list[str]] = []

    def save(self, id: str, profile: dict[str, Any]) -> int:
        version = self._next(id)
        self.stored[id] = Organisation.model_validate(
            {
                "id": id,
                "version": version,
                "created_at": self.now,
                "updated_at": self.now,
                **profile,
            }
        )
        return version

    def withdraw(self, id: str) -> int:
        found = self.stored[id]
        assert isinstance(found, Organisation)
        version = self._next(id)
        changes = {"version": version, "status": Status.WITHDRAWN}
        self.stored[id] = found.model_copy(update=changes)
        return version

    def erase(self, id: str) -> int:
        version = self._next(id)
        self.stored[id] = ErasedOrganisation(id=id, version=version)
        return version

    def lose(self, id: str) -> None:
        """As after a restore of an older backup."""
        del self.stored[id]

    def active(self) -> dict[str, Organisation]:
        return {
            id: one
            for id, one in self.stored.items()
            if isinstance(one, Organisation) and one.status is Status.ACTIVE
        }

    async def version(self, organisation_id: str) -> VersionStamp:
        self._answer()
        if organisation_id not in self.stored:
            raise ProblemError("not_found", what="organisation", id=organisation_id)
        return self._stamp(organisation_id)

    async def batch_read(self, ids: Sequence[str]) -> OrganisationBatch:
        self._answer()
        self.batch_reads.append(list(ids))
        return OrganisationBatch(items=tuple(self.stored[i] for i in ids if i in self.stored))

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest:
        self._answer()
        ids = [id for id in sorted(self.stored) if id > (after or "")]
        following = ids[limit - 1] if len(ids) > limit else None
        return VersionManifest(
            items=tuple(self._stamp(id) for id in ids[:limit]), next_cursor=following
        )

    def _next(self, id: str) -> int:
        return self.stored[id].version + 1 if id in self.stored else 1

    def _stamp(self, id: str) -> VersionStamp:
        found = self.stored[id]
        return VersionStamp(id=id, version=found.version, status=found.status)

    def _answer(self) -> None:
        if self.away:
            raise ProblemError("not_ready", what="profiles")
