"""Schedules of rematch jobs, for coordinators, operators and batch jobs."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from services.matcher.api.rematch import Cursor, Key, Limit, staff
from services.matcher.casework import CurrentCasework
from services.matcher.service.calls.expected import Expected, etag
from shared.contracts.rematch import JobId
from shared.contracts.rematch_schedules import (
    NewRematchSchedule,
    RematchSchedule,
    RematchSchedulePage,
)
from shared.http.principals import Reader

router = APIRouter(prefix="/rematch-schedules")
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=200)]


def _tagged(schedule: RematchSchedule, response: Response) -> RematchSchedule:
    response.headers["ETag"] = etag(schedule.version)
    return schedule


@router.post("", status_code=201)
async def create(
    body: NewRematchSchedule,
    reader: Reader,
    casework: CurrentCasework,
    response: Response,
    key: Key = None,
) -> RematchSchedule:
    """Keep a new one."""
    staff(reader)
    made = await casework.rematch.schedules.create(body, reader, key)
    response.headers["Location"] = f"/rematch-schedules/{made.id}"
    return _tagged(made, response)


@router.get("")
async def schedules(
    reader: Reader, casework: CurrentCasework, limit: Limit = 50, cursor: Cursor = None
) -> RematchSchedulePage:
    """By name."""
    staff(reader)
    return await casework.rematch.schedules.page(cursor=cursor, limit=limit)


@router.get("/{schedule_id}")
async def read(
    schedule_id: JobId, reader: Reader, casework: CurrentCasework, response: Response
) -> RematchSchedule:
    """One of them."""
    staff(reader)
    return _tagged(await casework.rematch.schedules.get(schedule_id), response)


@router.put("/{schedule_id}")
async def change(
    schedule_id: JobId,
    body: NewRematchSchedule,
    reader: Reader,
    casework: CurrentCasework,
    response: Response,
    if_match: IfMatch = None,
) -> RematchSchedule:
    """Say it anew."""
    staff(reader)
    expected = Expected.of(if_match)
    changed = await casework.rematch.schedules.change(schedule_id, body, expected.require)
    return _tagged(changed, response)


@router.delete("/{schedule_id}", status_code=204)
async def remove(
    schedule_id: JobId, reader: Reader, casework: CurrentCasework, if_match: IfMatch = None
) -> None:
    """Jobs that it has started stay."""
    staff(reader)
    expected = Expected.of(if_match)
    await casework.rematch.schedules.remove(schedule_id, expected.require)
