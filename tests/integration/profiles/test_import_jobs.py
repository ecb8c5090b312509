"""Import jobs across crashes, cancellations and several runners."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.profiles.domain.outcomes import SaveOutcome
from services.profiles.importing.jobs import ImportJobs
from services.profiles.importing.part import ImportingPart, make_importing
from services.profiles.importing.ports import SavesMany
from services.profiles.ports import OrganisationStore
from services.profiles.service import Alongside
from services.profiles.use_cases import make_use_cases
from shared.contracts.imports import ImportFormat, ImportJob, ImportStatus
from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal, Role
from shared.db import Database
from shared.errors import ProblemError
from tests.support.import_files import json_lines, many, organisation

pytestmark = pytest.mark.anyio
BATCH = Principal(subject="nightly", role=Role.BATCH)
Rows = Sequence[tuple[str, OrganisationProfile]]


class KilledError(BaseException):
    """Stands for the end of the process."""


@dataclass
class DiesWhileSaving:
    """Saves like the real one, and dies in its n-th save: before or after the commit."""

    real: SavesMany
    at_save: int
    before_commit: bool
    saves: int = 0

    async def save_many(
        self, principal: Principal, rows: Rows, *, dry_run: bool, alongside: Alongside | None = None
    ) -> list[SaveOutcome]:
        self.saves += 1
        dies = self.saves == self.at_save

        async def dying(store: OrganisationStore, outcomes: list[SaveOutcome]) -> None:
            assert alongside is not None
            await alongside(store, outcomes)
            if dies and self.before_commit:
                raise KilledError

        outcomes = await self.real.save_many(principal, rows, dry_run=dry_run, alongside=dying)
        if dies:
            raise KilledError
        return outcomes


@dataclass
class RefusesSome:
    """A database that breaks on some rows."""

    real: SavesMany
    bad: set[str]
    calls: list[int] = field(default_factory=list)

    async def save_many(
        self, principal: Principal, rows: Rows, *, dry_run: bool, alongside: Alongside | None = None
    ) -> list[SaveOutcome]:
        self.calls.append(len(rows))
        if self.bad & {identity for identity, _ in rows}:
            raise ValueError("cannot be stored")
        return await self.real.save_many(principal, rows, dry_run=dry_run, alongside=alongside)


@pytest.fixture
async def database(migrated_database: Callable[[str], str]) -> AsyncIterator[Database]:
    found = Database(migrated_database("services.profiles"))
    yield found
    await found.close()


@pytest.fixture
def organisations(database: Database) -> SavesMany:
    return make_use_cases(database).changes


@pytest.fixture
def part(database: Database, organisations: SavesMany) -> ImportingPart:
    return make_importing(database, organisations)


async def upload(part: ImportingPart, content: bytes, *, dry_run: bool = False) -> str:
    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 60_000):
            yield content[start : start + 60_000]

    job = await part.imports.receive(
        BATCH, stream(), format=ImportFormat.JSONL, file_name="f", dry_run=dry_run
    )
    return job.id


async def state(part: ImportingPart, job_id: str) -> ImportJob:
    return await part.imports.read(BATCH, job_id)


async def versions(database: Database) -> list[int]:
    async with database.reading() as connection:
        query = sa.text("select version from organisation_versions")
        return list((await connection.execute(query)).scalars())


async def pieces(database: Database) -> int:
    async with database.reading() as connection:
        return int(await connection.scalar(sa.text("select count(*) from import_chunks")) or 0)


@pytest.mark.parametrize("before_commit", [True, False])
async def test_a_crash_between_portions_loses_and_repeats_nothing(
    database, organisations, part, before_commit
):
    rows = [organisation(number) for number in range(650)]
    rows[10]["kind"] = rows[500]["kind"] = "club"
    dying = make_importing(database, DiesWhileSaving(organisations, 2, before_commit))
    job_id = await upload(dying, json_lines(rows))
    with pytest.raises(KilledError):
        await dying.runner.work_once()
    crashed = await state(part, job_id)
    assert crashed.status is ImportStatus.RUNNING
    assert crashed.counts.rows == (200 if before_commit else 400)

    assert await part.runner.work_once()
    job = await state(part, job_id)
    assert job.status is ImportStatus.DONE
    assert (job.counts.rows, job.counts.created, job.counts.rejected) == (650, 648, 2)
    assert await versions(database) == [1] * 648
    problems = await part.imports.problems(BATCH, job_id, None, 10)
    assert [problem.line for problem in problems.items] == [11, 501]
    assert await pieces(database) == 0


async def test_an_id_given_twice_is_found_across_a_crash(database, organisations, part):
    rows = [organisation(number) for number in range(300)]
    dying = make_importing(database, DiesWhileSaving(organisations, 1, before_commit=False))
    job_id = await upload(dying, json_lines([*rows, organisation(0, kind="enterprise")]))
    with pytest.raises(KilledError):
        await dying.runner.work_once()
    await part.runner.work_once()
    [problem] = (await part.imports.problems(BATCH, job_id, None, 10)).items
    assert (problem.line, problem.field) == (301, "id")
    assert "line 1" in problem.problem


async def test_a_cancellation_takes_effect_at_the_next_portion(database, organisations, part):
    @dataclass
    class CancelsAfterFirst:
        real: SavesMany
        job_id: str = ""

        async def save_many(
            self, principal: Principal, rows: Rows, *, dry_run: bool, alongside: Alongside
        ) -> list[SaveOutcome]:
            done = await self.real.save_many(principal, rows, dry_run=dry_run, alongside=alongside)
            await part.imports.cancel(BATCH, self.job_id)
            return done

    saving = CancelsAfterFirst(organisations)
    running = make_importing(database, saving)
    saving.job_id = await upload(running, many(500))
    await running.runner.work_once()
    job = await state(part, saving.job_id)
    assert (job.status, job.counts.rows) == (ImportStatus.CANCELLED, 200)
    assert len(await versions(database)) == 200
    assert await pieces(database) == 0
    assert not await part.runner.work_once()


async def test_two_runners_never_work_on_one_job(database, organisations, part):
    job_id = await upload(part, many(600))
    others = [make_importing(database, organisations).runner for _ in range(3)]
    worked = await asyncio.gather(*(runner.work_once() for runner in others))
    assert sum(worked) == 1
    assert (await state(part, job_id)).counts.created == 600
    assert len(await versions(database)) == 600


async def test_rows_that_the_database_refuses_are_found_and_the_rest_is_saved(
    database, organisations, part
):
    saving = RefusesSome(organisations, {"org-7", "org-123"})
    running = make_importing(database, saving)
    job_id = await upload(running, many(200))
    await running.runner.work_once()
    job = await state(part, job_id)
    assert (job.status, job.counts.created, job.counts.rejected) == (ImportStatus.DONE, 198, 2)
    problems = (await part.imports.problems(BATCH, job_id, None, 10)).items
    assert [(p.line, p.organisation) for p in problems] == [(8, "org-7"), (124, "org-123")]


async def test_a_dry_run_goes_on_after_a_crash_too(database, organisations, part):
    dying = make_importing(database, DiesWhileSaving(organisations, 2, before_commit=False))
    job_id = await upload(dying, many(500), dry_run=True)
    with pytest.raises(KilledError):
        await dying.runner.work_once()
    await part.runner.work_once()
    assert (await state(part, job_id)).counts.created == 500
    assert await versions(database) == []


async def test_an_upload_that_breaks_off_fails_and_leaves_no_pieces(database, part):
    async def broken() -> AsyncIterator[bytes]:
        yield many(20_000)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await part.imports.receive(
            BATCH, broken(), format=ImportFormat.JSONL, file_name="f", dry_run=False
        )
    [job] = (await part.imports.page(BATCH, None, 10)).items
    assert job.status is ImportStatus.FAILED
    assert await pieces(database) == 0


async def test_an_upload_whose_process_died_is_closed_after_a_while(database, part):
    jobs = ImportJobs(database)
    job_id = await jobs.begin(BATCH, ImportFormat.CSV, "f.csv", dry_run=False)
    await jobs.fail_abandoned(before=datetime.now(UTC) - timedelta(minutes=15))
    assert (await state(part, job_id)).status is ImportStatus.RECEIVING
    await jobs.fail_abandoned(before=datetime.now(UTC))
    assert (await state(part, job_id)).status is ImportStatus.FAILED


async def test_an_unreadable_end_fails_the_job_and_keeps_what_came_before(database, part):
    content = many(250).replace(b"\n", b",\n")
    job_id = await upload(part, b"[" + content + b'{"id": "broken')
    await part.runner.work_once()
    job = await state(part, job_id)
    assert (job.status, job.counts.created) == (ImportStatus.FAILED, 200)
    assert "breaks off" in str(job.problem)


async def test_pages_of_jobs_go_from_new_to_old(part):
    ids = [await upload(part, many(1)) for _ in range(3)]
    first = await part.imports.page(BATCH, None, 2)
    assert [job.id for job in first.items] == ids[:0:-1]
    second = await part.imports.page(BATCH, int(str(first.next_cursor)), 2)
    assert [job.id for job in second.items] == ids[:1]
    with pytest.raises(ProblemError):
        await part.imports.page(Principal(subject="m", role=Role.MEMBER), None, 2)
