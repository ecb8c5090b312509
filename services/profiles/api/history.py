"""Versions, and the calls by which other services keep up."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from services.profiles.api.requests import (
    Cases,
    Id,
    decode_cursor,
    encode_cursor,
    malformed_cursor,
)
from shared.contracts.base import OrganisationId
from shared.contracts.organisation import (
    OrganisationBatch,
    OrganisationIds,
    OrganisationVersion,
    VersionManifest,
    VersionPage,
    VersionStamp,
)
from shared.http.principals import Reader

router = APIRouter(tags=["versions"])


@router.get("/organisations/{organisation_id}/version")
async def stamp(organisation_id: Id, reader: Reader, cases: Cases) -> VersionStamp:
    """Version and state only."""
    return await cases.reading.stamp(reader, organisation_id)


@router.get("/organisations/{organisation_id}/versions")
async def history(
    organisation_id: Id,
    reader: Reader,
    cases: Cases,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> VersionPage:
    """History, newest first; for the owner, coordinators and operators."""
    page = await cases.reading.history(reader, organisation_id, _version_in(cursor), limit)
    following = encode_cursor(page.next_cursor) if page.next_cursor else None
    return page.model_copy(update={"next_cursor": following})


@router.get("/organisations/{organisation_id}/versions/{version}")
async def version(
    organisation_id: Id,
    version: Annotated[int, Path(ge=1, le=2_000_000_000)],
    reader: Reader,
    cases: Cases,
) -> OrganisationVersion:
    """One entry of the history."""
    return await cases.reading.version(reader, organisation_id, version)


@router.post("/organisations/batch-read", response_model=OrganisationBatch)
async def batch_read(body: OrganisationIds, reader: Reader, cases: Cases) -> Response:
    """Many organisations in full; for services, coordinators and operators."""
    batch = await cases.reading.read_many(reader, body.ids)
    # Rendered by pydantic itself: validating a thousand profiles again would take as long.
    return Response(batch.model_dump_json(), media_type="application/json")


@router.get("/organisations-manifest")
async def manifest(
    reader: Reader,
    cases: Cases,
    after: OrganisationId | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> VersionManifest:
    """All versions in id order; for services and operators. `after` is `next_cursor`."""
    return await cases.reading.manifest(reader, after, limit)


def _version_in(cursor: str | None) -> int | None:
    position = decode_cursor(cursor)
    if position is not None and not (position.isdecimal() and len(position) < 10):
        raise malformed_cursor()
    return None if position is None else int(position)
