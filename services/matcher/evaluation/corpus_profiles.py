"""The profiles service of an evaluation: profiles in memory."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from shared.contracts.organisation import (
    Organisation,
    OrganisationBatch,
    Status,
    VersionManifest,
    VersionStamp,
)
from shared.errors import ProblemError


class CorpusProfiles:
    """A `ProfilesReader`; tells how many profiles have been read for the first time."""

    def __init__(
        self,
        profiles: Iterable[Organisation],
        read: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._profiles = {one.id: one for one in profiles}
        self._order = sorted(self._profiles)
        self._read = read
        self._seen: set[str] = set()

    def withdraw(self, ids: Iterable[str]) -> None:
        """They are no partners from now on."""
        for id in ids:
            one = self._profiles[id]
            changes = {"version": one.version + 1, "status": Status.WITHDRAWN}
            self._profiles[id] = one.model_copy(update=changes)

    def restore(self, ids: Iterable[str]) -> None:
        """They are partners again."""
        for id in ids:
            one = self._profiles[id]
            changes = {"version": one.version + 1, "status": Status.ACTIVE}
            self._profiles[id] = one.model_copy(update=changes)

    async def version(self, organisation_id: str) -> VersionStamp:
        """Raises ProblemError("not_found")."""
        if organisation_id not in self._profiles:
            raise ProblemError("not_found", what="organisation", id=organisation_id)
        return self._stamp(organisation_id)

    async def batch_read(self, ids: Sequence[str]) -> OrganisationBatch:
        """In any state; unknown ids left out."""
        known = [id for id in ids if id in self._profiles]
        self._seen.update(known)
        self._read(len(self._seen), len(self._profiles))
        return OrganisationBatch(items=tuple(self._profiles[id] for id in known))

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest:
        """A page of all stamps, in id order."""
        start = 0 if after is None else bisect_right(self._order, after)
        page = self._order[start : start + limit]
        more = start + limit < len(self._order)
        return VersionManifest(
            items=tuple(self._stamp(id) for id in page), next_cursor=page[-1] if more else None
        )

    def _stamp(self, id: str) -> VersionStamp:
        one = self._profiles[id]
        return VersionStamp(id=id, version=one.version, status=one.status)
