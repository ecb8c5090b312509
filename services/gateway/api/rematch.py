"""Rematch jobs and their schedules: for coordinators, operators and batch jobs."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from services.gateway.api.parameters import EXPECTED_VERSION, IDEMPOTENT, Cursor, Limit
from services.gateway.context import Matcher
from services.gateway.identity.reader import Reader
from services.gateway.rights import require_role
from shared.contracts.base import Contract, OrganisationId
from shared.contracts.principal import Role
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
from shared.contracts.rematch_schedules import (
    NewRematchSchedule,
    RematchSchedule,
    RematchSchedulePage,
)


async def _staff(reader: Reader) -> None:
    require_role(reader, Role.COORDINATOR, Role.BATCH, Role.OPERATOR)


router = APIRouter(tags=["rematch"], dependencies=[Depends(_staff)])
_JOB = "/rematch-jobs/{rematch_job_id}"
_SCHEDULE = "/rematch-schedules/{schedule_id}"
_START_SECONDS = 60.0
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Server-Sent Events"}
}


class JobQuery(Contract):
    """Which jobs."""

    state: RematchState | None = None
    dry_run: bool | None = None
    schedule: JobId | None = None
    limit: Limit = 50
    cursor: Cursor = None


class DiffQuery(Contract):
    """Which changes."""

    change: PairChange | None = None
    cause: ChangeCause | None = None
    organisation: OrganisationId | None = None
    limit: Limit = 50
    cursor: Cursor = None


@router.post("/rematch-jobs", status_code=202, response_model=RematchJob, openapi_extra=IDEMPOTENT)
async def start_rematch_job(body: RematchRequest, matcher: Matcher) -> Response:
    """Compute everybody's list anew, or a part, and share the places out. One job at a time for a
    scope; results appear together when it ends."""
    return await matcher.fetch(
        "POST",
        "/rematch-jobs",
        RematchJob,
        content=_json(body),
        timeout_seconds=_START_SECONDS,
    )


@router.get("/rematch-jobs", response_model=RematchJobPage)
async def list_rematch_jobs(query: Annotated[JobQuery, Query()], matcher: Matcher) -> Response:
    """Jobs with their progress and figures, newest first."""
    params = query.model_dump(mode="json", exclude_none=True)
    return await matcher.fetch("GET", "/rematch-jobs", RematchJobPage, params=params)


@router.get(_JOB, response_model=RematchJob)
async def read_rematch_job(rematch_job_id: JobId, matcher: Matcher) -> Response:
    """How far it is, what it rests on, what it has come to."""
    return await matcher.fetch("GET", f"/rematch-jobs/{rematch_job_id}", RematchJob)


@router.post(f"{_JOB}/cancel", response_model=RematchJob)
async def cancel_rematch_job(rematch_job_id: JobId, matcher: Matcher) -> Response:
    """Stop it; nothing of it is shown."""
    return await matcher.fetch("POST", f"/rematch-jobs/{rematch_job_id}/cancel", RematchJob)


@router.post(f"{_JOB}/retry", status_code=202, response_model=RematchJob)
async def retry_rematch_job(rematch_job_id: JobId, matcher: Matcher) -> Response:
    """Start a failed or cancelled one again, as a job of its own."""
    path = f"/rematch-jobs/{rematch_job_id}/retry"
    return await matcher.fetch("POST", path, RematchJob, timeout_seconds=_START_SECONDS)


@router.get(f"{_JOB}/diff", response_model=RematchDiff)
async def compare_rematch_job(
    rematch_job_id: JobId, query: Annotated[DiffQuery, Query()], matcher: Matcher
) -> Response:
    """Pairs that are new, gone or in another place since the last run, with the cause."""
    params = query.model_dump(mode="json", exclude_none=True)
    path = f"/rematch-jobs/{rematch_job_id}/diff"
    return await matcher.fetch("GET", path, RematchDiff, params=params)


@router.get(f"{_JOB}/events", response_class=StreamingResponse, responses=_STREAM)
async def watch_rematch_job(rematch_job_id: JobId, matcher: Matcher) -> Response:
    """Its progress as Server-Sent Events: `progress`, and `end` at last, each with the job."""
    found = await matcher.stream(f"/rematch-jobs/{rematch_job_id}/events")
    found.headers["Cache-Control"] = "no-store"
    found.headers["X-Accel-Buffering"] = "no"
    return found


@router.post(
    "/rematch-schedules",
    status_code=201,
    response_model=RematchSchedule,
    openapi_extra=IDEMPOTENT,
)
async def create_rematch_schedule(body: NewRematchSchedule, matcher: Matcher) -> Response:
    """Start a job whenever a cron expression comes due in a time zone."""
    return await matcher.fetch("POST", "/rematch-schedules", RematchSchedule, content=_json(body))


@router.get("/rematch-schedules", response_model=RematchSchedulePage)
async def list_rematch_schedules(
    matcher: Matcher, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """By name, with the next due time and what became of the last one."""
    params = {"limit": limit, "cursor": cursor}
    return await matcher.fetch("GET", "/rematch-schedules", RematchSchedulePage, params=params)


@router.get(_SCHEDULE, response_model=RematchSchedule)
async def read_rematch_schedule(schedule_id: JobId, matcher: Matcher) -> Response:
    """One of them, with its ETag."""
    return await matcher.fetch("GET", f"/rematch-schedules/{schedule_id}", RematchSchedule)


@router.put(_SCHEDULE, response_model=RematchSchedule, openapi_extra=EXPECTED_VERSION)
async def replace_rematch_schedule(
    schedule_id: JobId, body: NewRematchSchedule, matcher: Matcher
) -> Response:
    """Say it anew, or turn it on and off."""
    path = f"/rematch-schedules/{schedule_id}"
    return await matcher.fetch("PUT", path, RematchSchedule, content=_json(body))


@router.delete(_SCHEDULE, status_code=204, openapi_extra=EXPECTED_VERSION)
async def remove_rematch_schedule(schedule_id: JobId, matcher: Matcher) -> Response:
    """Jobs that it has started stay."""
    return await matcher.act("DELETE", f"/rematch-schedules/{schedule_id}")


def _json(body: BaseModel) -> bytes:
    return body.model_dump_json(exclude_unset=True).encode()
