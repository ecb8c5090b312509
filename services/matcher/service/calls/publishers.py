"""Whose call a new one is, and whether an organisation is there."""

from dataclasses import dataclass

from services.matcher.ports import ProfilesReader
from services.matcher.store import StoreTransaction
from shared.contracts.organisation import Kind, Organisation, Status
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError


@dataclass(frozen=True)
class Publishers:
    """Who registered a moment ago is not in a snapshot yet: then the profiles service is asked."""

    profiles: ProfilesReader

    async def of(
        self, transaction: StoreTransaction, wanted: str | None, by: Principal
    ) -> str | None:
        """A member's own enterprise; what a coordinator names.

        Raises ProblemError `own_organisation_only`, `forbidden`, `not_found` or `not_ready`.
        """
        if by.role is not Role.MEMBER:
            if wanted is not None:
                await self.kind(transaction, wanted)
            return wanted
        if by.organisation is None or wanted not in (None, by.organisation):
            raise ProblemError("own_organisation_only")
        if await self.kind(transaction, by.organisation) != Kind.ENTERPRISE.value:
            raise ProblemError("forbidden", reason="calls are made by enterprises and coordinators")
        return by.organisation

    async def kind(self, transaction: StoreTransaction, id: str) -> str:
        """Of an active organisation. Raises ProblemError `not_found` or `not_ready`."""
        stored = await transaction.snapshots.active([id])
        if id in stored:
            return stored[id].kind
        for one in (await self.profiles.batch_read([id])).items:
            if isinstance(one, Organisation) and one.status is Status.ACTIVE:
                return one.kind.value
        raise ProblemError("not_found", what="organisation", id=id)
