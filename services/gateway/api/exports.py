"""Export: streamed as it is read, so only for those from whom nothing is kept back."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.context import Profiles
from services.gateway.rights import require_role
from shared.contracts.imports import ImportFormat
from shared.contracts.principal import Role

router = APIRouter(prefix="/exports", tags=["imports"])
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file"}
}


@router.get("", response_class=Response, responses=_FILE)
async def export_organisations(
    profiles: Profiles,
    format: ImportFormat = ImportFormat.JSONL,
) -> Response:
    """All organisations in a format that the import reads."""
    require_role(profiles.reader, Role.COORDINATOR, Role.BATCH, Role.OPERATOR)
    return await profiles.stream("/exports", params={"format": format})
