"""Calls out of a file, for coordinators."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from services.gateway.console.page import ForCoordinators, Page
from services.gateway.forwarding import read_answer
from shared.contracts.call_imports import CallImportReport
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError

router = APIRouter(prefix="/console/call-imports")
_SECONDS = 300.0


@router.get("")
async def import_form(page: ForCoordinators) -> Response:
    """What can be imported, and the form."""
    return page.render("calls/import.html", report=None, problem=None)


@router.post("")
async def import_calls(page: ForCoordinators) -> Response:
    """Check the rows, or take them in; the report follows at once."""
    try:
        report = await _taken(page)
    except ProblemError as problem:
        if problem.status not in (413, 422):
            raise
        return page.render("calls/import.html", status=problem.status, report=None, problem=problem)
    return page.render("calls/import.html", report=report, problem=None)


async def _taken(page: Page) -> CallImportReport:
    form = await page.form()
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        problem = FieldProblem(field="file", problem="no file was chosen", mend="choose a file")
        raise ProblemError("invalid_request", fields=[problem])
    answer = await page.parts.matcher.call(
        "POST",
        "/call-imports",
        principal=page.reader,
        params={"dry_run": form.get("check") == "yes"},
        headers={"Accept-Language": page.language},
        content=await file.read(),
        timeout_seconds=_SECONDS,
    )
    return read_answer(CallImportReport, answer)
