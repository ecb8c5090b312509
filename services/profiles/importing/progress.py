"""What became of a few rows, stored in the transaction that saves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.outcomes import SaveOutcome, SaveResult
from services.profiles.formats.rows import ParsedRow
from services.profiles.importing.schema import COUNTS, import_jobs, import_problems
from shared.contracts.imports import ImportCounts, ImportStatus, RowProblem

_LONGEST = 500
_NO_MEND = "correct the value"


class JobClosedError(Exception):
    """The job was cancelled, or another runner has gone on with it: nothing may be stored."""


@dataclass(frozen=True)
class Progress:
    """Rows by outcome, and what to report of them."""

    counts: ImportCounts
    problems: tuple[RowProblem, ...]


def progress_of(
    read: Sequence[ParsedRow], saved: Sequence[ParsedRow], outcomes: Sequence[SaveOutcome]
) -> Progress:
    """Of all rows read, those given to the save, and what became of these (in their order)."""
    results = [outcome.result for outcome in outcomes]
    taken = [row for row, result in zip(saved, results, strict=True) if _is_in(result)]
    counts = ImportCounts(
        rows=len(read),
        created=results.count(SaveResult.CREATED),
        updated=results.count(SaveResult.UPDATED),
        unchanged=results.count(SaveResult.UNCHANGED),
        rejected=len(read) - len(taken),
        statements=sum(map(_statements, taken)),
    )
    problems = [problem for row in read for problem in row.problems]
    for row, outcome in zip(saved, outcomes, strict=True):
        problems += _refusals(row, outcome)
    return Progress(counts, tuple(problems))


async def advance(
    connection: AsyncConnection, job_id: str, rows_before: int, progress: Progress
) -> None:
    """Add to the job's counts and report. Raises JobClosedError if it is not where we left it."""
    table = import_jobs.c
    added = {name: table[name] + getattr(progress.counts, name) for name in COUNTS}
    moved = await connection.execute(
        import_jobs.update()
        .where(
            table.id == job_id,
            table.rows == rows_before,
            table.status == ImportStatus.RUNNING.value,
        )
        .values(progress_at=datetime.now(UTC), **added)
    )
    if moved.rowcount != 1:
        raise JobClosedError(job_id)
    if progress.problems:
        rows = [{"job_id": job_id, **_storable(problem)} for problem in progress.problems]
        await connection.execute(import_problems.insert(), rows)


def _storable(problem: RowProblem) -> dict[str, object]:
    """Ids and column names come from the file: PostgreSQL refuses some of their characters."""
    return {
        name: _clean(value) if isinstance(value, str) else value
        for name, value in problem.model_dump().items()
    }


def _clean(text: str) -> str:
    return text[:_LONGEST].replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _is_in(result: SaveResult) -> bool:
    return result is not SaveResult.REJECTED


def _statements(row: ParsedRow) -> int:
    organisation = row.organisation
    return len(organisation.capabilities) + len(organisation.needs) if organisation else 0


def _refusals(row: ParsedRow, outcome: SaveOutcome) -> list[RowProblem]:
    return [
        RowProblem(
            line=row.line,
            organisation=outcome.organisation_id,
            field=problem.field,
            problem=problem.problem,
            mend=problem.mend or _NO_MEND,
        )
        for problem in outcome.problems
    ]
