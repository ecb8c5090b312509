"""Imports and exports over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import StreamingResponse

from services.profiles.formats.registry import MEDIA_TYPES
from services.profiles.importing.cursors import job_cursor, problem_cursor
from services.profiles.importing.part import ImportingPart
from services.profiles.ports import ListFilter
from services.profiles.taxonomy import load_taxonomy
from shared.contracts.base import Line
from shared.contracts.imports import ImportFormat, ImportJob, ImportJobPage, RowProblemPage
from shared.contracts.organisation import CountryCode, DivisionCode, FieldCode, Kind
from shared.errors import ProblemError
from shared.http.principals import Reader

router = APIRouter()
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


async def _part(request: Request) -> ImportingPart:
    if not request.app.state.process.prepared:
        raise ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
    part: ImportingPart = request.app.state.importing
    return part


Part = Annotated[ImportingPart, Depends(_part)]
Limit = Annotated[int, Query(ge=1, le=1000)]
FileName = Annotated[Line, Query()]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.post("/imports", status_code=202, tags=["imports"], openapi_extra=_FILE)
async def start_import(
    request: Request,
    reader: Reader,
    part: Part,
    format: ImportFormat | None = None,
    dry_run: bool = False,
    file_name: FileName = "upload",
) -> ImportJob:
    """Take in a file (the raw body); it is worked on after the answer."""
    return await part.imports.receive(
        reader, request.stream(), format=format, file_name=file_name, dry_run=dry_run
    )


@router.get("/imports", tags=["imports"])
async def list_imports(
    reader: Reader, part: Part, cursor: str | None = None, limit: Limit = 50
) -> ImportJobPage:
    """Imports, newest first."""
    return await part.imports.page(reader, job_cursor(cursor), limit)


@router.get("/imports/{job_id}", tags=["imports"])
async def read_import(job_id: JobId, reader: Reader, part: Part) -> ImportJob:
    """An import and how far it is."""
    return await part.imports.read(reader, job_id)


@router.get("/imports/{job_id}/problems", tags=["imports"])
async def read_problems(
    job_id: JobId, reader: Reader, part: Part, cursor: str | None = None, limit: Limit = 200
) -> RowProblemPage:
    """What is wrong with which rows, and how to mend it; in line order."""
    return await part.imports.problems(reader, job_id, problem_cursor(cursor), limit)


@router.post("/imports/{job_id}/cancellation", tags=["imports"])
async def cancel_import(job_id: JobId, reader: Reader, part: Part) -> ImportJob:
    """Stop it; the rows that are saved stay."""
    return await part.imports.cancel(reader, job_id)


@router.get("/exports", tags=["exports"], response_class=StreamingResponse)
async def export(
    reader: Reader,
    part: Part,
    format: ImportFormat = ImportFormat.JSONL,
    kind: Kind | None = None,
    country: CountryCode | None = None,
    province: DivisionCode | None = None,
    field: FieldCode | None = None,
) -> StreamingResponse:
    """Organisations in a format that the import reads back; a member gets its own."""
    fields = load_taxonomy().with_descendants(field) if field else None
    wanted = ListFilter(kind=kind, country=country, province=province, fields=fields)
    ending = "jsonl" if format is ImportFormat.DATASET else format.value
    return StreamingResponse(
        part.exports.export(reader, format, wanted),
        media_type=MEDIA_TYPES.get(format),
        headers={"Content-Disposition": f'attachment; filename="organisations.{ending}"'},
    )
