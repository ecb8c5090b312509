"""Rematch jobs: list, start, live progress, what changed."""

from datetime import date, datetime, time, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import ValidationError

from services.gateway.console.organisation_names import names_of
from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.queries import Choice, PageQuery
from services.gateway.console.regions import provinces
from services.gateway.console.translation import sentence
from services.gateway.forwarding import Forwarder
from shared.contracts.base import Contract
from shared.contracts.organisation import DivisionCode, FieldCode, Kind
from shared.contracts.rematch import (
    Computation,
    JobId,
    Priority,
    Reason,
    RematchDiff,
    RematchJob,
    RematchJobPage,
    RematchOptions,
    RematchRequest,
    RematchScope,
    Sharing,
)
from shared.errors import ProblemError
from shared.http.problems import field_problems

router = APIRouter(prefix="/console/jobs")
_SHOWN, _PAIRS = 30, 20


class JobsQuery(PageQuery):
    """What the page's address says."""

    state: Choice = None
    cursor: Choice = None


class ChangesQuery(PageQuery):
    """Which changes a job's page shows."""

    change: Choice = None
    cause: Choice = None
    cursor: Choice = None


class JobForm(Contract):
    """The start form, field by field; organisations one a line."""

    kind: Kind | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None
    changed_since: date | None = None
    """From the day's first moment in the platform's time zone."""
    organisations: str = ""
    computation: Computation = Computation.AUTO
    sharing: Sharing = Sharing.FLOW
    places: int = 20
    most_lists: int | None = None
    least: int = 0
    minimum_score: float = 0.0
    stay_margin: float = 0.02
    seed: int = 0
    priority: Priority = Priority.NORMAL
    dry_run: bool = False
    reason: Reason | None = None

    def request(self, time_zone: tzinfo) -> RematchRequest:
        """Raises ProblemError("invalid_request")."""
        day = self.changed_since
        try:
            scope = RematchScope(
                kind=self.kind,
                province=self.province,
                field=self.field,
                changed_since=datetime.combine(day, time(), time_zone) if day else None,
                organisations=tuple(self.organisations.split()),
            )
            options = RematchOptions(
                computation=self.computation,
                sharing=self.sharing,
                places=self.places,
                most_lists=self.most_lists,
                least=self.least,
                minimum_score=self.minimum_score,
                stay_margin=self.stay_margin,
                seed=self.seed,
            )
        except ValidationError as error:
            fields = field_problems([dict(one) for one in error.errors()])
            raise ProblemError("invalid_request", fields=fields) from error
        return RematchRequest(
            scope=scope,
            options=options,
            dry_run=self.dry_run,
            priority=self.priority,
            reason=self.reason,
        )


@router.get("")
async def list_jobs(page: ForCoordinators, query: Annotated[JobsQuery, Query()]) -> Response:
    """Newest first."""
    given = query.model_dump(exclude_none=True)
    found = await page.matcher.get("/rematch-jobs", RematchJobPage, **given, limit=_SHOWN)
    return page.render("jobs/list.html", query=query, found=found, **choices(page))


@router.get("/new")
async def new_job(page: ForCoordinators) -> Response:
    """The start form."""
    return page.render("jobs/new.html", problem=None, given={}, **choices(page))


@router.post("")
async def start(page: ForCoordinators) -> Response:
    """Start it, or show the form again with what is wrong."""
    try:
        request = (await page.read_form(JobForm)).request(page.parts.console.time_zone)
        job = await page.matcher.send("POST", "/rematch-jobs", RematchJob, request)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        given = {name: str(value) for name, value in (await page.form()).items()}
        return page.render(
            "jobs/new.html",
            status=problem.status,
            problem=problem,
            given=given,
            **choices(page),
        )
    return page.redirect(f"/console/jobs/{job.found.id}", sentence("The job has started."))


@router.get("/{rematch_job_id}")
async def show_job(
    rematch_job_id: JobId, page: ForCoordinators, query: Annotated[ChangesQuery, Query()]
) -> Response:
    """Progress, figures, versions, what changed."""
    job = await page.matcher.get(f"/rematch-jobs/{rematch_job_id}", RematchJob)
    given = query.model_dump(exclude_none=True)
    diff = None
    if job.figures:
        path = f"/rematch-jobs/{rematch_job_id}/diff"
        diff = await page.matcher.get(path, RematchDiff, **given, limit=_PAIRS)
    named = (one for change in (diff.items if diff else ()) for one in change.organisations)
    names = await names_of(page, named)
    return page.render(
        "jobs/job.html", job=job, diff=diff, names=names, query=query, **choices(page)
    )


@router.get("/{rematch_job_id}/events")
async def events(rematch_job_id: JobId, page: ForCoordinators) -> Response:
    """Its progress as Server-Sent Events."""
    forwarder = Forwarder(page.parts.matcher, page.request, page.reader)
    found = await forwarder.stream(f"/rematch-jobs/{rematch_job_id}/events")
    found.headers["Cache-Control"] = "no-store"
    return found


@router.post("/{rematch_job_id}/cancel")
async def cancel(rematch_job_id: JobId, page: ForCoordinators) -> Response:
    """Nothing of it is shown."""
    await page.matcher.send("POST", f"/rematch-jobs/{rematch_job_id}/cancel", RematchJob)
    return page.redirect(f"/console/jobs/{rematch_job_id}", sentence("The job is cancelled."))


@router.post("/{rematch_job_id}/retry")
async def retry(rematch_job_id: JobId, page: ForCoordinators) -> Response:
    """The same again, as a job of its own."""
    job = await page.matcher.send("POST", f"/rematch-jobs/{rematch_job_id}/retry", RematchJob)
    return page.redirect(f"/console/jobs/{job.found.id}", sentence("The job has started."))


def choices(page: Page) -> dict[str, Any]:
    """Names of fields and provinces, for forms and scopes."""
    fields = {one.code: getattr(one, page.language) for one in page.parts.taxonomy.fields}
    return {"fields": fields, "provinces": provinces(page.language)}
