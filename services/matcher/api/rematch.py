"""Rematch jobs, for coordinators, operators and batch jobs."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from services.matcher.casework import CurrentCasework
from services.matcher.domain.rematch.stored import JobFilter
from services.matcher.service.rematch.jobs import DiffFilter
from services.matcher.service.rematch.watching import watched
from shared.contracts.base import OrganisationId
from shared.contracts.principal import Principal, Role
from shared.contracts.rematch import (
    ChangeCause,
    JobId,
    PairChange,
    RematchDiff,
    RematchJob,
    RematchJobPage,
    RematchRequest,
    RematchState,
)
from shared.http.principals import Reader, require_role

router = APIRouter(prefix="/rematch-jobs")
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


def staff(reader: Principal) -> None:
    """Raises ProblemError("forbidden") for members."""
    allowed = (Role.COORDINATOR, Role.BATCH, Role.OPERATOR, Role.SERVICE)
    require_role(reader, *allowed, reason="this is for coordinators and batch jobs")


@router.post("", status_code=202)
async def start(
    body: RematchRequest,
    reader: Reader,
    casework: CurrentCasework,
    response: Response,
    key: Key = None,
) -> RematchJob:
    """Start a job."""
    staff(reader)
    job = await casework.rematch.desk.start(body, reader, key)
    response.headers["Location"] = f"/rematch-jobs/{job.id}"
    return job


@router.get("")
async def jobs(
    reader: Reader,
    casework: CurrentCasework,
    state: RematchState | None = None,
    dry_run: bool | None = None,
    schedule: JobId | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RematchJobPage:
    """Newest first."""
    staff(reader)
    wanted = JobFilter(state.value if state else None, dry_run, schedule)
    return await casework.rematch.desk.page(wanted, cursor=cursor, limit=limit)


@router.get("/{rematch_job_id}")
async def read(rematch_job_id: JobId, reader: Reader, casework: CurrentCasework) -> RematchJob:
    """One job."""
    staff(reader)
    return await casework.rematch.desk.get(rematch_job_id)


@router.post("/{rematch_job_id}/cancel")
async def cancel(rematch_job_id: JobId, reader: Reader, casework: CurrentCasework) -> RematchJob:
    """Stop it; nothing of it is shown."""
    staff(reader)
    return await casework.rematch.desk.cancel(rematch_job_id)


@router.post("/{rematch_job_id}/retry", status_code=202)
async def retry(
    rematch_job_id: JobId, reader: Reader, casework: CurrentCasework, response: Response
) -> RematchJob:
    """Start the same again."""
    staff(reader)
    job = await casework.rematch.desk.retry(rematch_job_id, reader)
    response.headers["Location"] = f"/rematch-jobs/{job.id}"
    return job


@router.get("/{rematch_job_id}/diff")
async def diff(
    rematch_job_id: JobId,
    reader: Reader,
    casework: CurrentCasework,
    change: PairChange | None = None,
    cause: ChangeCause | None = None,
    organisation: OrganisationId | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RematchDiff:
    """What changed."""
    staff(reader)
    wanted = DiffFilter(change, cause, organisation)
    return await casework.rematch.desk.diff(rematch_job_id, wanted, cursor=cursor, limit=limit)


@router.get("/{rematch_job_id}/events", response_class=StreamingResponse)
async def events(
    rematch_job_id: JobId, reader: Reader, casework: CurrentCasework
) -> StreamingResponse:
    """How it goes on, as Server-Sent Events."""
    staff(reader)
    first = await casework.rematch.desk.get(rematch_job_id)
    return StreamingResponse(watched(casework.rematch.desk, first), media_type="text/event-stream")
