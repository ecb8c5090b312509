"""Pages of rematch jobs and schedules: what forms send, what a job's page shows, both languages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi import Response

from shared.contracts.rematch import (
    CauseCount,
    ChangeCause,
    Computation,
    JobProblem,
    PairChange,
    Priority,
    RematchChange,
    RematchDiff,
    RematchFigures,
    RematchJob,
    RematchJobPage,
    RematchOptions,
    RematchProgress,
    RematchRequest,
    RematchScope,
    RematchState,
    Sentence,
)
from shared.contracts.rematch_schedules import (
    Firing,
    FiringOutcome,
    RematchSchedule,
    RematchSchedulePage,
)
from tests.integration.console.conftest import Edge, LogIn
from tests.support.careless_services import MOMENT, organisation

pytestmark = pytest.mark.anyio
ID, NEXT = "a" * 32, "b" * 32
JOB, SCHEDULE = f"/rematch-jobs/{ID}", f"/rematch-schedules/{ID}"
HOSTILE = '<script>alert(1)</script>"onload="x \u202e'
FIGURES = RematchFigures(
    pairs=12,
    places=24,
    coverage=0.8,
    reachable=0.9,
    gini=0.31,
    most_exposed=4,
    expected_acceptances=3.2,
    ndcg_loss=0.01,
    new=5,
)
DIFF = RematchDiff(
    counts=(CauseCount(change=PairChange.NEW, cause=ChangeCause.PROFILE_CHANGED, count=5),),
    items=(
        RematchChange(
            organisations=("own", "rival"),
            change=PairChange.NEW,
            cause=ChangeCause.PROFILE_CHANGED,
            score=0.81,
            ranks=(1, 2),
        ),
    ),
)


def job(state: RematchState, **more: Any) -> RematchJob:
    return RematchJob(
        id=ID,
        scope=RematchScope(),
        options=RematchOptions(),
        computation=Computation.EXACT,
        dry_run=False,
        priority=Priority.NORMAL,
        reason=HOSTILE,
        state=state,
        progress=RematchProgress(organisations=40, organisations_done=7, workers=2),
        started_by=HOSTILE,
        created_at=MOMENT,
        **more,
    )


def schedule(**more: Any) -> RematchSchedule:
    scope = RematchScope(province="320000", organisations=("own",))
    options = RematchOptions(places=7)
    return RematchSchedule(
        **{
            "id": ID,
            "version": 4,
            "name": HOSTILE.replace("\u202e", ""),
            "cron": "0 3 * * 1-5",
            "job": RematchRequest(scope=scope, options=options, reason="kept"),
            "created_by": "somebody",
            "created_at": MOMENT,
            "updated_at": MOMENT,
            "next_at": MOMENT + timedelta(days=1),
            **more,
        }
    )


def sent(edge: Edge, method: str, path: str) -> dict[str, Any]:
    (asked,) = [one for one in edge.matcher.asked if (one.method, one.path) == (method, path)]
    body: dict[str, Any] = json.loads(asked.body)
    return body


async def test_the_form_sends_every_option(edge: Edge, log_in: LogIn) -> None:
    edge.matcher.answer("POST", "/rematch-jobs", job(RematchState.QUEUED), status=202)
    browser = await log_in("coordinator")
    await browser.get("/console/jobs/new")
    answer = await browser.post(
        "/console/jobs",
        kind="enterprise",
        changed_since="2026-11-01",
        organisations="own\nrival",
        places="10",
        least="2",
        minimum_score="0.4",
        stay_margin="0.1",
        seed="7",
        dry_run="true",
        reason="Before the fair",
    )
    assert answer.headers["location"] == f"/console/jobs/{ID}"
    body = sent(edge, "POST", "/rematch-jobs")
    assert body["scope"]["changed_since"] == "2026-11-01T00:00:00+08:00"
    assert body["scope"]["organisations"] == ["own", "rival"]
    found = {name: body["options"][name] for name in ("minimum_score", "stay_margin", "seed")}
    assert found == {"minimum_score": 0.4, "stay_margin": 0.1, "seed": 7}
    assert (body["dry_run"], body["reason"]) == (True, "Before the fair")


@pytest.mark.parametrize(
    ("field", "value"),
    [("minimum_score", "2"), ("stay_margin", "x"), ("seed", "-1"), ("changed_since", "soon")],
)
async def test_a_wrong_option_is_named_and_what_was_typed_stays(
    edge: Edge, log_in: LogIn, field: str, value: str
) -> None:
    browser = await log_in("coordinator")
    await browser.get("/console/jobs/new")
    answer = await browser.post("/console/jobs", reason="Typed before", **{field: value})
    assert answer.status_code == 422
    assert field in answer.text
    assert 'value="Typed before"' in answer.text
    assert edge.matcher.asked == []


async def test_a_running_job_shows_how_far_it_is_and_can_be_cancelled(
    edge: Edge, log_in: LogIn
) -> None:
    edge.matcher.answer("GET", JOB, job(RematchState.RUNNING))
    edge.matcher.answer("POST", f"{JOB}/cancel", job(RematchState.CANCELLED))
    browser = await log_in("coordinator")
    page = await browser.get(f"/console/jobs/{ID}")
    assert 'max="40" value="7"' in page.text
    assert f'data-events="/console/jobs/{ID}/events"' in page.text
    assert 'src="/console/static/job.' in page.text
    answer = await browser.post(f"/console/jobs/{ID}/cancel")
    assert answer.headers["location"] == f"/console/jobs/{ID}"
    assert "The job is cancelled." in (await browser.get(f"/console/jobs/{ID}")).text


async def test_progress_comes_as_events_and_is_kept_nowhere(edge: Edge, log_in: LogIn) -> None:
    events = b'event: progress\ndata: {"id": "x"}\n\nevent: end\ndata: {}\n\n'
    edge.matcher.answers["GET", f"{JOB}/events"] = Response(events, media_type="text/event-stream")
    answer = await (await log_in("coordinator")).get(f"/console/jobs/{ID}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == events


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("What changed since the last run", "A profile changed", "Example Institute")),
        ("zh", ("档案有变化", "新增", "示范研究所")),
    ],
)
async def test_a_finished_job_says_what_changed_and_why(
    edge: Edge, log_in: LogIn, language: str, expected: tuple[str, ...]
) -> None:
    edge.matcher.answer("GET", JOB, job(RematchState.DONE, figures=FIGURES))
    edge.matcher.answer("GET", f"{JOB}/diff", DIFF)
    edge.profiles.answer("GET", "/organisations/own", organisation("own"))
    browser = await log_in("coordinator")
    browser.client.headers["Accept-Language"] = language
    page = await browser.get(f"/console/jobs/{ID}?change=new&cause=profile_changed")
    assert [text for text in expected if text not in page.text] == []
    (asked,) = [one for one in edge.matcher.asked if one.path == f"{JOB}/diff"]
    assert (asked.query["change"], asked.query["cause"]) == ("new", "profile_changed")
    assert 'src="/console/static/job.' not in page.text
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text


async def test_a_failed_job_says_why_and_starts_again(edge: Edge, log_in: LogIn) -> None:
    said = JobProblem(
        code="bounds_contradict",
        title=Sentence(zh="无解", en="No solution"),
        detail=Sentence(zh="每家最多两家", en="Two for each would do"),
    )
    edge.matcher.answer("GET", JOB, job(RematchState.FAILED, problem=said))
    again = job(RematchState.QUEUED).model_copy(update={"id": NEXT, "retry_of": ID})
    edge.matcher.answer("POST", f"{JOB}/retry", again, status=202)
    browser = await log_in("coordinator")
    assert "Two for each would do" in (await browser.get(f"/console/jobs/{ID}")).text
    browser.client.headers["Accept-Language"] = "zh"
    assert "每家最多两家" in (await browser.get(f"/console/jobs/{ID}")).text
    answer = await browser.post(f"/console/jobs/{ID}/retry")
    assert answer.headers["location"] == f"/console/jobs/{NEXT}"


async def test_the_list_shows_jobs_and_none(edge: Edge, log_in: LogIn) -> None:
    browser = await log_in("coordinator")
    edge.matcher.answer("GET", "/rematch-jobs", RematchJobPage(items=()))
    assert "No jobs here" in (await browser.get("/console/jobs")).text
    page = RematchJobPage(items=(job(RematchState.RUNNING),))
    edge.matcher.answer("GET", "/rematch-jobs", page)
    found = await browser.get("/console/jobs?state=running")
    assert f"/console/jobs/{ID}" in found.text
    assert edge.matcher.asked[-1].query["state"] == "running"


async def test_a_schedule_is_made_and_listed(edge: Edge, log_in: LogIn) -> None:
    skipped = Firing(due_at=MOMENT, outcome=FiringOutcome.SKIPPED, problem="rematch_running")
    page = RematchSchedulePage(items=(schedule(last=skipped),))
    edge.matcher.answer("GET", "/rematch-schedules", page)
    edge.matcher.answer("POST", "/rematch-schedules", schedule(), status=201)
    browser = await log_in("coordinator")
    found = await browser.get("/console/jobs/schedules")
    assert "rematch_running" in found.text
    assert "<script>alert" not in found.text
    await browser.post("/console/jobs/schedules", name="Mornings", cron="0 3 * * 1-5", kind="other")
    body = sent(edge, "POST", "/rematch-schedules")
    assert (body["name"], body["job"]["scope"]["kind"]) == ("Mornings", "other")


async def test_a_changed_schedule_keeps_what_its_form_does_not_have(
    edge: Edge, log_in: LogIn
) -> None:
    edge.matcher.answer("GET", SCHEDULE, schedule(enabled=False), ETag='"4"')
    edge.matcher.answer("PUT", SCHEDULE, schedule(), ETag='"5"')
    browser = await log_in("coordinator")
    page = await browser.get(f"/console/jobs/schedules/{ID}")
    assert '<option value="320000" selected>' in page.text
    address = f"/console/jobs/schedules/{ID}"
    answer = await browser.post(address, version="4", name="Evenings", cron="0 19 * * *")
    assert answer.status_code == 303
    body = sent(edge, "PUT", SCHEDULE)
    assert (body["name"], body["cron"], body["enabled"]) == ("Evenings", "0 19 * * *", False)
    assert body["job"]["scope"]["province"] is None
    assert body["job"]["scope"]["organisations"] == ["own"]
    assert (body["job"]["options"]["places"], body["job"]["reason"]) == (7, "kept")
    (asked,) = [one for one in edge.matcher.asked if one.method == "PUT"]
    assert asked.headers["if-match"] == '"4"'


async def test_a_schedule_is_turned_off_and_removed_as_it_was_read(
    edge: Edge, log_in: LogIn
) -> None:
    edge.matcher.answer("GET", SCHEDULE, schedule(), ETag='"4"')
    edge.matcher.answer("PUT", SCHEDULE, schedule(enabled=False), ETag='"5"')
    edge.matcher.answer("DELETE", SCHEDULE, b"", status=204)
    browser = await log_in("coordinator")
    await browser.post(f"/console/jobs/schedules/{ID}/switch")
    assert sent(edge, "PUT", SCHEDULE)["enabled"] is False
    await browser.post(f"/console/jobs/schedules/{ID}/removal")
    (asked,) = [one for one in edge.matcher.asked if one.method == "DELETE"]
    assert asked.headers["if-match"] == '"4"'


async def test_a_schedule_that_was_changed_meanwhile_is_not_overwritten(
    edge: Edge, log_in: LogIn
) -> None:
    problem = {
        "type": "x",
        "title": "Changed",
        "status": 412,
        "detail": "Somebody was faster",
        "code": "stale_version",
        "request_id": "r",
        "parameters": {"current": 5},
    }
    edge.matcher.answer("GET", SCHEDULE, schedule(), ETag='"5"')
    edge.matcher.answers["PUT", SCHEDULE] = Response(
        json.dumps(problem), 412, media_type="application/problem+json"
    )
    browser = await log_in("coordinator")
    await browser.get(f"/console/jobs/schedules/{ID}")
    address = f"/console/jobs/schedules/{ID}"
    answer = await browser.post(address, version="4", name="Typed", cron="0 3 * * *")
    assert answer.status_code == 412
    assert 'value="Typed"' in answer.text
