"""Schedules of rematch jobs."""

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.jobs import choices
from services.gateway.console.translation import sentence
from shared.contracts.base import Contract, Line
from shared.contracts.organisation import DivisionCode, FieldCode, Kind
from shared.contracts.rematch import JobId, RematchRequest
from shared.contracts.rematch_schedules import (
    Cron,
    NewRematchSchedule,
    RematchSchedule,
    RematchSchedulePage,
    TimeZone,
)
from shared.errors import ProblemError

router = APIRouter(prefix="/console/jobs/schedules")
_SCHEDULES = "/rematch-schedules"


class ScheduleForm(Contract):
    """Field by field."""

    name: Line
    cron: Cron
    time_zone: TimeZone = "Asia/Shanghai"
    kind: Kind | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None
    dry_run: bool = False

    def schedule(self, old: NewRematchSchedule | None = None) -> NewRematchSchedule:
        """As the API takes it; what the form does not have stays as it was in `old`."""
        job = old.job if old else RematchRequest()
        scope = {"kind": self.kind, "province": self.province, "field": self.field}
        changed = {"scope": job.scope.model_copy(update=scope), "dry_run": self.dry_run}
        return NewRematchSchedule(
            name=self.name,
            cron=self.cron,
            time_zone=self.time_zone,
            job=job.model_copy(update=changed),
            enabled=old.enabled if old else True,
        )


class ChangedScheduleForm(ScheduleForm):
    """A change of the version that was read."""

    version: int


@router.get("")
async def list_schedules(page: ForCoordinators, cursor: str | None = None) -> Response:
    """By name, with a form for another one."""
    return await _shown(page, cursor)


@router.post("")
async def create(page: ForCoordinators) -> Response:
    """Keep it, or show what is wrong."""
    try:
        wanted = (await page.read_form(ScheduleForm)).schedule()
        await page.matcher.send("POST", _SCHEDULES, RematchSchedule, wanted)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return await _shown(page, None, problem)
    return page.redirect("/console/jobs/schedules", sentence("The schedule is kept."))


@router.get("/{schedule_id}")
async def show(schedule_id: JobId, page: ForCoordinators) -> Response:
    """Its form."""
    found = await page.matcher.get(f"{_SCHEDULES}/{schedule_id}", RematchSchedule)
    return _form(page, schedule_id, found.version, _given(found))


@router.post("/{schedule_id}")
async def change(schedule_id: JobId, page: ForCoordinators) -> Response:
    """Keep it, or show what is wrong."""
    path = f"{_SCHEDULES}/{schedule_id}"
    try:
        asked = await page.read_form(ChangedScheduleForm)
        wanted = asked.schedule(await page.matcher.get(path, RematchSchedule))
        tag = f'"{asked.version}"'
        await page.matcher.send("PUT", path, RematchSchedule, wanted, if_match=tag)
    except ProblemError as problem:
        if problem.status >= 500 or problem.status == 404:
            raise
        given = {name: str(value) for name, value in (await page.form()).items()}
        return _form(page, schedule_id, given.get("version", ""), given, problem)
    return page.redirect("/console/jobs/schedules", sentence("The schedule is kept."))


@router.post("/{schedule_id}/switch")
async def switch(schedule_id: JobId, page: ForCoordinators) -> Response:
    """On or off."""
    path = f"{_SCHEDULES}/{schedule_id}"
    read = await page.matcher.get_with_etag(path, RematchSchedule)
    old = read.found
    wanted = NewRematchSchedule(
        name=old.name,
        cron=old.cron,
        time_zone=old.time_zone,
        job=old.job,
        enabled=not old.enabled,
    )
    await page.matcher.send("PUT", path, RematchSchedule, wanted, if_match=read.etag)
    on = sentence("The schedule is on."), sentence("The schedule is off.")
    return page.redirect("/console/jobs/schedules", on[old.enabled])


@router.post("/{schedule_id}/removal")
async def remove(schedule_id: JobId, page: ForCoordinators) -> Response:
    """Jobs that it has started stay."""
    path = f"{_SCHEDULES}/{schedule_id}"
    read = await page.matcher.get_with_etag(path, RematchSchedule)
    await page.matcher.act("DELETE", path, if_match=read.etag)
    return page.redirect("/console/jobs/schedules", sentence("The schedule is gone."))


def _given(found: RematchSchedule) -> dict[str, str]:
    """As its form would send it."""
    scope = found.job.scope.model_dump(mode="json", include={"kind", "province", "field"})
    fields = {"name": found.name, "cron": found.cron, "time_zone": found.time_zone, **scope}
    fields["dry_run"] = found.job.dry_run
    return {name: str(value) for name, value in fields.items() if value}


def _form(
    page: Page,
    id: str,
    version: int | str,
    given: dict[str, str],
    problem: ProblemError | None = None,
) -> Response:
    return page.render(
        "jobs/schedule.html",
        status=problem.status if problem else 200,
        id=id,
        version=version,
        given=given,
        problem=problem,
        **choices(page),
    )


async def _shown(page: Page, cursor: str | None, problem: ProblemError | None = None) -> Response:
    found = await page.matcher.get(_SCHEDULES, RematchSchedulePage, cursor=cursor, limit=50)
    given = {name: str(value) for name, value in (await page.form()).items()} if problem else {}
    return page.render(
        "jobs/schedules.html",
        status=problem.status if problem else 200,
        found=found,
        problem=problem,
        given=given,
        **choices(page),
    )
