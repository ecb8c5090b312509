"""Organisations: the service decides; the edge checks whose they are and what is shown."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response
from pydantic import AwareDatetime, Field

from services.gateway import disclosure
from services.gateway.api.parameters import EXPECTED_VERSION, IDEMPOTENT, Cursor, Limit
from services.gateway.context import Profiles
from services.gateway.rights import require_own
from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import (
    CountryCode,
    DivisionCode,
    ErasedOrganisation,
    FieldCode,
    Kind,
    NewOrganisation,
    Organisation,
    OrganisationPage,
    OrganisationProfile,
    OrganisationVersion,
    Status,
    VersionPage,
)

router = APIRouter(prefix="/organisations", tags=["organisations"])
_ONE = "/{organisation_id}"
VersionNumber = Annotated[int, Field(ge=1, lt=2**31)]


class OrganisationQuery(Contract):
    """Narrows the list; all given conditions hold."""

    kind: Kind | None = None
    country: CountryCode | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None
    text: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    updated_since: AwareDatetime | None = None
    status: Literal[Status.ACTIVE, Status.WITHDRAWN] = Status.ACTIVE
    limit: Limit = 50
    cursor: Cursor = None


@router.post("", status_code=201, response_model=SavedOrganisation, openapi_extra=IDEMPOTENT)
async def create_organisation(body: NewOrganisation, profiles: Profiles) -> Response:
    """Register an organisation. A member registers the one it speaks for."""
    if body.id is not None:
        require_own(profiles.reader, body.id)
    content = body.model_dump_json(exclude_unset=True).encode()
    return await profiles.fetch(
        "POST",
        "/organisations",
        SavedOrganisation,
        disclosure.saved_organisation,
        content=content,
    )


@router.get("", response_model=OrganisationPage)
async def list_organisations(
    query: Annotated[OrganisationQuery, Query()], profiles: Profiles
) -> Response:
    """Organisations in id order."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await profiles.fetch(
        "GET", "/organisations", OrganisationPage, disclosure.organisation_page, params=params
    )


@router.get(_ONE, response_model=Organisation)
async def read_organisation(organisation_id: OrganisationId, profiles: Profiles) -> Response:
    """One organisation, with its ETag."""
    path = f"/organisations/{organisation_id}"
    return await profiles.fetch("GET", path, Organisation, disclosure.organisation)


@router.put(_ONE, response_model=SavedOrganisation, openapi_extra=EXPECTED_VERSION)
async def replace_organisation(
    organisation_id: OrganisationId, body: OrganisationProfile, profiles: Profiles
) -> Response:
    """Replace it (If-Match), or create it under this id (If-None-Match: *)."""
    require_own(profiles.reader, organisation_id)
    content = body.model_dump_json(exclude_unset=True).encode()
    path = f"/organisations/{organisation_id}"
    return await profiles.fetch(
        "PUT", path, SavedOrganisation, disclosure.saved_organisation, content=content
    )


@router.patch(_ONE, response_model=SavedOrganisation, openapi_extra=EXPECTED_VERSION)
async def change_organisation(
    organisation_id: OrganisationId,
    body: Annotated[dict[str, Any], Body(media_type="application/merge-patch+json")],
    profiles: Profiles,
) -> Response:
    """Change some fields (JSON merge patch, RFC 7396)."""
    require_own(profiles.reader, organisation_id)
    path = f"/organisations/{organisation_id}"
    content = await profiles.request.body()
    return await profiles.fetch(
        "PATCH", path, SavedOrganisation, disclosure.saved_organisation, content=content
    )


@router.delete(_ONE, status_code=204, response_class=Response, openapi_extra=EXPECTED_VERSION)
async def withdraw_organisation(organisation_id: OrganisationId, profiles: Profiles) -> Response:
    """Withdraw it: nobody else sees it any more; its owner can restore it."""
    require_own(profiles.reader, organisation_id)
    return await profiles.act("DELETE", f"/organisations/{organisation_id}")


@router.post(_ONE + "/restoration", response_model=Organisation, openapi_extra=EXPECTED_VERSION)
async def restore_organisation(organisation_id: OrganisationId, profiles: Profiles) -> Response:
    """Bring a withdrawn organisation back."""
    require_own(profiles.reader, organisation_id)
    path = f"/organisations/{organisation_id}/restoration"
    return await profiles.fetch("POST", path, Organisation, disclosure.organisation)


@router.post(_ONE + "/erasure", response_model=ErasedOrganisation)
async def erase_organisation(organisation_id: OrganisationId, profiles: Profiles) -> Response:
    """Erase all its text everywhere, for good."""
    require_own(profiles.reader, organisation_id)
    path = f"/organisations/{organisation_id}/erasure"
    return await profiles.fetch("POST", path, ErasedOrganisation)


@router.get(_ONE + "/versions", response_model=VersionPage)
async def list_versions(
    organisation_id: OrganisationId, profiles: Profiles, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Its history, newest first; for the owner and for those who see everything."""
    require_own(profiles.reader, organisation_id)
    path = f"/organisations/{organisation_id}/versions"
    return await profiles.fetch("GET", path, VersionPage, params={"limit": limit, "cursor": cursor})


@router.get(_ONE + "/versions/{version}", response_model=OrganisationVersion)
async def read_version(
    organisation_id: OrganisationId,
    version: VersionNumber,
    profiles: Profiles,
) -> Response:
    """One entry of its history."""
    require_own(profiles.reader, organisation_id)
    path = f"/organisations/{organisation_id}/versions/{version}"
    return await profiles.fetch("GET", path, OrganisationVersion)
