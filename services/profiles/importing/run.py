"""Working on one import job."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from services.profiles.domain.outcomes import SaveOutcome
from services.profiles.formats.registry import READERS, expected_rows
from services.profiles.formats.rows import BadRowError, ParsedRow, UnreadableFileError
from services.profiles.importing.files import ImportFiles
from services.profiles.importing.jobs import ImportJobs, RunningJob
from services.profiles.importing.ports import SavesMany, StoreWithConnection
from services.profiles.importing.progress import JobClosedError, advance, progress_of
from services.profiles.importing.row_feed import RowFeed
from services.profiles.importing.spool import Spool, spooled
from services.profiles.ports import OrganisationStore
from shared.contracts.imports import ImportStatus, RowProblem
from shared.contracts.organisation import NewOrganisation, OrganisationProfile

_log = structlog.get_logger("imports")
_UNEXPECTED = "the file could not be read to its end, because of an error on our side"
_UNSTORABLE = BadRowError("row", "could not be stored", "report it with the id of the import")


class ImportRun:
    """Saves the rows of a job portion by portion, each with its progress in one transaction."""

    def __init__(self, jobs: ImportJobs, files: ImportFiles, organisations: SavesMany) -> None:
        self._jobs = jobs
        self._files = files
        self._organisations = organisations

    async def work(self, running: RunningJob) -> None:
        """Go on from where the job is, to its end or its cancellation."""
        job = running.job
        async with spooled(self._files, job.id) as spool:
            try:
                await self._count(running, spool)
                await self._save_all(running, spool)
            except JobClosedError:
                _log.info("import_closed", job=job.id)
            except UnreadableFileError as error:
                await self._jobs.end(job.id, ImportStatus.FAILED, str(error))
            else:
                await self._jobs.end(job.id, ImportStatus.DONE)

    async def _count(self, running: RunningJob, spool: Spool) -> None:
        expected = expected_rows(running.job.format, spool.file)
        if expected is not None:
            await self._jobs.expect(running.job.id, expected)

    async def _save_all(self, running: RunningJob, spool: Spool) -> None:
        done = running.job.counts.rows
        feed = RowFeed(READERS[running.job.format], spool, done)
        while rows := await self._next(feed, running.job.id):
            await self._save(running, done, rows)
            done += len(rows)

    async def _next(self, feed: RowFeed, job_id: str) -> list[ParsedRow]:
        try:
            return await feed.next()
        except UnreadableFileError:
            raise
        except Exception as error:
            _log.error("import_unreadable", job=job_id, error_type=type(error).__name__)
            raise UnreadableFileError(_UNEXPECTED) from error

    async def _save(self, running: RunningJob, done: int, rows: Sequence[ParsedRow]) -> None:
        """Save a portion; one that the database refuses is halved until the row is found."""
        try:
            await self._save_together(running, done, rows)
        except JobClosedError:
            raise
        except Exception as error:
            await self._jobs.find(running.job.id)  # raises while the database is away
            _log.warning("rows_not_saved", job=running.job.id, error_type=type(error).__name__)
            if len(rows) == 1:
                refused = replace(rows[0], organisation=None, problems=_refused(rows[0]))
                if refused == rows[0]:
                    raise UnreadableFileError(_UNEXPECTED) from error
                await self._save(running, done, [refused])
                return
            middle = len(rows) // 2
            await self._save(running, done, rows[:middle])
            await self._save(running, done + middle, rows[middle:])

    async def _save_together(
        self, running: RunningJob, done: int, rows: Sequence[ParsedRow]
    ) -> None:
        good = [row for row in rows if row.organisation is not None]

        async def with_progress(store: OrganisationStore, outcomes: list[SaveOutcome]) -> None:
            assert isinstance(store, StoreWithConnection)
            progress = progress_of(rows, good, outcomes)
            await advance(store.connection, running.job.id, done, progress)

        await self._organisations.save_many(
            running.principal,
            [_to_save(row.organisation) for row in good if row.organisation],
            dry_run=running.job.dry_run,
            alongside=with_progress,
        )


def _refused(row: ParsedRow) -> tuple[RowProblem, ...]:
    identity = row.organisation.id if row.organisation else None
    return (_UNSTORABLE.at(row.line, identity), *row.problems) if identity else row.problems


def _to_save(organisation: NewOrganisation) -> tuple[str, OrganisationProfile]:
    """The id, and the content without it."""
    values = {name: getattr(organisation, name) for name in OrganisationProfile.model_fields}
    given = organisation.model_fields_set - {"id"}
    return str(organisation.id), OrganisationProfile.model_construct(_fields_set=given, **values)
