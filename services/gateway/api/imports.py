"""Bulk import: the file streams through, it is never held."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from services.gateway.api.parameters import Cursor
from services.gateway.context import Parts, Profiles
from services.gateway.identity.reader import Reader
from services.gateway.rights import require_role
from shared.contracts.base import Line
from shared.contracts.imports import ImportFormat, ImportJob, ImportJobPage, RowProblemPage
from shared.contracts.principal import Role


async def _importer(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.BATCH, Role.OPERATOR)


router = APIRouter(prefix="/imports", tags=["imports"], dependencies=[Depends(_importer)])
JobId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Limit = Annotated[int, Field(ge=1, le=1000)]
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("", status_code=202, response_model=ImportJob, openapi_extra=_FILE)
async def start_import(
    request: Request,
    profiles: Profiles,
    parts: Parts,
    format: ImportFormat | None = None,
    file_name: Line = "upload",
    dry_run: bool = False,
) -> Response:
    """Take a file in (the raw body); it is worked on after the answer. Ask the job how far."""
    return await profiles.fetch(
        "POST",
        "/imports",
        ImportJob,
        params={"format": format, "dry_run": dry_run, "file_name": file_name},
        content=request.stream(),
        timeout_seconds=parts.settings.import_seconds,
    )


@router.get("", response_model=ImportJobPage)
async def list_imports(profiles: Profiles, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Imports, newest first."""
    params = {"limit": limit, "cursor": cursor}
    return await profiles.fetch("GET", "/imports", ImportJobPage, params=params)


@router.get("/{import_id}", response_model=ImportJob)
async def read_import(import_id: JobId, profiles: Profiles) -> Response:
    """How far it is."""
    return await profiles.fetch("GET", f"/imports/{import_id}", ImportJob)


@router.get("/{import_id}/problems", response_model=RowProblemPage)
async def list_import_problems(
    import_id: JobId, profiles: Profiles, limit: Limit = 200, cursor: Cursor = None
) -> Response:
    """The rows that were not taken in, and how to mend them."""
    path = f"/imports/{import_id}/problems"
    params = {"limit": limit, "cursor": cursor}
    return await profiles.fetch("GET", path, RowProblemPage, params=params)


@router.post("/{import_id}/cancellation", response_model=ImportJob)
async def cancel_import(import_id: JobId, profiles: Profiles) -> Response:
    """Stop after the rows being written now."""
    return await profiles.fetch("POST", f"/imports/{import_id}/cancellation", ImportJob)
