"""The profiles service, as the matcher, the gateway and the command line call it."""

from collections.abc import Sequence

from shared.clients.service_client import ServiceClient
from shared.contracts.organisation import (
    Organisation,
    OrganisationBatch,
    OrganisationIds,
    VersionManifest,
    VersionStamp,
)
from shared.contracts.principal import Principal

_JSON = {"Content-Type": "application/json"}


class ProfilesClient:
    """Typed calls; each raises the service's problem as a ProblemError.

    Without a principal a call is made on the calling service's own behalf.
    """

    def __init__(self, http: ServiceClient) -> None:
        self.http = http

    async def read(self, organisation_id: str, principal: Principal | None = None) -> Organisation:
        """As much of the organisation as the principal may see."""
        response = await self.http.call(
            "GET", f"/organisations/{organisation_id}", principal=principal
        )
        return Organisation.model_validate_json(response.content)

    async def version(
        self, organisation_id: str, principal: Principal | None = None
    ) -> VersionStamp:
        """Its version and state, cheaply; erased ones too."""
        response = await self.http.call(
            "GET", f"/organisations/{organisation_id}/version", principal=principal
        )
        return VersionStamp.model_validate_json(response.content)

    async def batch_read(self, ids: Sequence[str]) -> OrganisationBatch:
        """Up to 1,000 organisations in any state, in full; unknown ids are left out."""
        response = await self.http.call(
            "POST",
            "/organisations/batch-read",
            headers=_JSON,
            content=OrganisationIds(ids=tuple(ids)).model_dump_json().encode(),
            timeout_seconds=30,
        )
        return OrganisationBatch.model_validate_json(response.content)

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest:
        """Stamps in id order (bytewise), beginning after a cursor."""
        response = await self.http.call(
            "GET", "/organisations-manifest", params={"after": after, "limit": limit}
        )
        return VersionManifest.model_validate_json(response.content)
