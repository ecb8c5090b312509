"""Export, streamed. Files are opaque to the edge: the service writes what the reader may see."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway.context import Profiles
from shared.contracts.base import Contract
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import CountryCode, DivisionCode, FieldCode, Kind

router = APIRouter(prefix="/exports", tags=["imports"])
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file"}
}


class ExportQuery(Contract):
    """The format, and which organisations."""

    format: ImportFormat = ImportFormat.JSONL
    kind: Kind | None = None
    country: CountryCode | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None


@router.get("", response_class=Response, responses=_FILE)
async def export_organisations(
    profiles: Profiles, query: Annotated[ExportQuery, Query()]
) -> Response:
    """Organisations in a format that the import reads back; a member gets its own."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await profiles.stream("/exports", params=params)
