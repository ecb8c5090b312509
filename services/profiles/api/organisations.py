"""Creating, reading, changing and listing organisations."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Response
from pydantic import AwareDatetime

from services.profiles.api.requests import (
    MERGE_PATCH,
    Cases,
    Expected,
    Id,
    IdempotencyKey,
    MergePatch,
    SearchText,
    decode_cursor,
    encode_cursor,
)
from services.profiles.domain.stored import OrganisationState
from services.profiles.ports import ListFilter
from services.profiles.preconditions import etag, names_version
from services.profiles.reading import seen
from services.profiles.screening.part import Part, ScreeningPart
from services.profiles.taxonomy import load_taxonomy
from services.profiles.unclear_needs import unclear_needs
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import (
    CountryCode,
    DivisionCode,
    FieldCode,
    Kind,
    Language,
    NewOrganisation,
    Organisation,
    OrganisationPage,
    OrganisationProfile,
    Status,
)
from shared.contracts.principal import Principal
from shared.http.language import AskedLanguage
from shared.http.principals import Reader

router = APIRouter(tags=["organisations"])
_PATCH_BODY = {
    "requestBody": {"required": True, "content": {MERGE_PATCH: {"schema": {"type": "object"}}}}
}


@router.post("/organisations", status_code=201)
async def create(
    body: NewOrganisation,
    reader: Reader,
    cases: Cases,
    response: Response,
    language: AskedLanguage,
    screening: Part,
    key: IdempotencyKey = None,
) -> SavedOrganisation:
    """Create an organisation; a repetition with the same Idempotency-Key changes nothing."""
    state = await cases.creation.create(reader, body, key)
    response.headers["Location"] = f"/organisations/{state.id}"
    return await saved(state, reader, language, response, screening)


@router.get("/organisations")
async def list_organisations(
    reader: Reader,
    cases: Cases,
    kind: Kind | None = None,
    country: CountryCode | None = None,
    province: DivisionCode | None = None,
    field: FieldCode | None = None,
    text: SearchText | None = None,
    updated_since: AwareDatetime | None = None,
    status: Literal[Status.ACTIVE, Status.WITHDRAWN] = Status.ACTIVE,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> OrganisationPage:
    """List organisations by id. Withdrawn ones are shown to their owner and coordinators."""
    wanted = ListFilter(
        kind=kind,
        country=country,
        province=province,
        fields=load_taxonomy().with_descendants(field) if field else None,
        text=text,
        updated_since=updated_since,
        status=status,
    )
    page = await cases.reading.page(reader, wanted, decode_cursor(cursor), limit)
    following = encode_cursor(page.next_cursor) if page.next_cursor else None
    return page.model_copy(update={"next_cursor": following})


@router.get("/organisations/{organisation_id}", response_model=Organisation)
async def read(
    organisation_id: Id,
    reader: Reader,
    cases: Cases,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Organisation | Response:
    """Read an organisation, as much of it as the reader may see."""
    organisation = await cases.reading.read(reader, organisation_id)
    response.headers.update(_caching(organisation.version))
    if names_version(if_none_match, organisation.version):
        return Response(status_code=304, headers=_caching(organisation.version))
    return organisation


@router.put("/organisations/{organisation_id}")
async def replace(
    organisation_id: Id,
    body: OrganisationProfile,
    reader: Reader,
    cases: Cases,
    expected: Expected,
    language: AskedLanguage,
    response: Response,
    screening: Part,
) -> SavedOrganisation:
    """Replace it (If-Match), or create it under this id (If-None-Match: *)."""
    state = await cases.changes.replace(reader, organisation_id, body, expected)
    if expected.absence:
        response.status_code = 201
        response.headers["Location"] = f"/organisations/{state.id}"
    return await saved(state, reader, language, response, screening)


@router.patch("/organisations/{organisation_id}", openapi_extra=_PATCH_BODY)
async def patch(
    organisation_id: Id,
    body: MergePatch,
    reader: Reader,
    cases: Cases,
    expected: Expected,
    language: AskedLanguage,
    response: Response,
    screening: Part,
) -> SavedOrganisation:
    """Change some fields (RFC 7396: null removes, lists are replaced as a whole)."""
    state = await cases.changes.patch(reader, organisation_id, body, expected)
    return await saved(state, reader, language, response, screening)


def tagged(state: OrganisationState, reader: Principal, response: Response) -> Organisation:
    """A state as the reader may see it, with its ETag."""
    response.headers.update(_caching(state.version))
    return seen(state, reader, state.id)


async def saved(
    state: OrganisationState,
    reader: Principal,
    language: Language | None,
    response: Response,
    screening: ScreeningPart,
) -> SavedOrganisation:
    """The same after a write, with needs that are too vague to match, and what screening found."""
    organisation = tagged(state, reader, response)
    unclear = unclear_needs(organisation.needs, language)
    flags = await screening.service.of_organisation(reader, state.id)
    return SavedOrganisation.model_construct(
        **dict(organisation), unclear=unclear, flags=tuple(flags)
    )


def _caching(version: int) -> dict[str, str]:
    """What is seen depends on who reads, so only they may keep it."""
    return {"ETag": etag(version), "Cache-Control": "private, no-cache", "Vary": "Authorization"}
