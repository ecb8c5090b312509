"""Static files, for a year: their name changes with their content."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.assets import PREFIX
from services.gateway.context import Parts
from shared.errors import ProblemError

router = APIRouter(include_in_schema=False)
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get(PREFIX + "{name}")
async def read_file(name: str, parts: Parts) -> Response:
    """One file; a name with an old hash is gone."""
    found = parts.console.assets.find(name)
    if found is None:
        raise ProblemError("not_found", what="file", id=name)
    return Response(found.content, media_type=found.media_type, headers=_KEPT)
