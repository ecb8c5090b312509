"""Calls out of a file."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.gateway.context import Matcher, Parts
from services.gateway.rights import require_role
from shared.contracts.call_imports import CallFormat, CallImportReport
from shared.contracts.principal import Role

router = APIRouter(tags=["calls"])
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/call-imports", response_model=CallImportReport, openapi_extra=_FILE)
async def import_calls(
    request: Request,
    matcher: Matcher,
    parts: Parts,
    format: CallFormat | None = None,
    dry_run: bool = False,
) -> Response:
    """JSON Lines or CSV (the raw body, at most 64 MB): good rows become drafts, bad rows are
    told with line, field and how to mend them. The same file twice changes nothing."""
    require_role(matcher.reader, Role.COORDINATOR, Role.BATCH, Role.OPERATOR)
    return await matcher.fetch(
        "POST",
        "/call-imports",
        CallImportReport,
        params={"format": format, "dry_run": dry_run},
        content=request.stream(),
        timeout_seconds=parts.settings.import_seconds,
    )
