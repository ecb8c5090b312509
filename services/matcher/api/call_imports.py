"""Calls out of a file."""

from fastapi import APIRouter, Request

from services.matcher.casework import CurrentCasework
from shared.contracts.call_imports import CallFormat, CallImportReport
from shared.contracts.principal import Role
from shared.http.principals import Reader, require_role

router = APIRouter()


@router.post("/call-imports")
async def import_calls(
    request: Request,
    reader: Reader,
    cases: CurrentCasework,
    format: CallFormat | None = None,
    dry_run: bool = False,
) -> CallImportReport:
    """The raw file is the body."""
    allowed = (Role.COORDINATOR, Role.OPERATOR, Role.BATCH)
    require_role(reader, *allowed, reason="calls are imported by coordinators and batch jobs")
    content = await request.body()
    return await cases.calls.imports.take(content, format, reader, dry_run=dry_run)
