"""The use cases of importing."""

from collections.abc import AsyncIterator, Callable

from services.profiles.importing.files import ImportFiles, UploadClosedError
from services.profiles.importing.jobs import ImportJobs
from shared.contracts.imports import (
    ImportFormat,
    ImportJob,
    ImportJobPage,
    ImportStatus,
    RowProblemPage,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.file_formats import FIRST_BYTES, detect_format
from shared.http.principals import require_role

_FORMATS = ", ".join(ImportFormat)
_INTERRUPTED = "the upload was interrupted; send the file again"


class ImportService:
    """Takes files in, tells how far they are, and cancels."""

    def __init__(
        self, jobs: ImportJobs, files: ImportFiles, *, wake: Callable[[], None] = lambda: None
    ) -> None:
        self._jobs = jobs
        self._files = files
        self._wake = wake

    async def receive(
        self,
        principal: Principal,
        stream: AsyncIterator[bytes],
        *,
        format: ImportFormat | None,
        file_name: str,
        dry_run: bool,
    ) -> ImportJob:
        """Store the whole file and let the job run; without a format it is found out.

        Raises ProblemError `forbidden`, `invalid_request` for an empty file,
        `unsupported_media_type` for one that nobody knows.
        """
        _require_importer(principal)
        first = await _first_bytes(stream)
        if not first:
            raise _empty()
        known = format or detect_format(file_name, first)
        if known is None:
            raise ProblemError("unsupported_media_type", expected=f"format={_FORMATS}")
        job_id = await self._jobs.begin(principal, known, file_name, dry_run=dry_run)
        await self._store(job_id, _joined(first, stream))
        self._wake()
        return await self.read(principal, job_id)

    async def read(self, principal: Principal, job_id: str) -> ImportJob:
        """One import. Raises ProblemError `forbidden` or `not_found`."""
        _require_importer(principal)
        job = await self._jobs.find(job_id)
        if job is None:
            raise ProblemError("not_found", what="import", id=job_id)
        return job

    async def page(self, principal: Principal, before: int | None, limit: int) -> ImportJobPage:
        """Imports, newest first."""
        _require_importer(principal)
        return await self._jobs.page(before, limit)

    async def problems(
        self, principal: Principal, job_id: str, after: tuple[int, int] | None, limit: int
    ) -> RowProblemPage:
        """The report so far."""
        await self.read(principal, job_id)
        return await self._jobs.problems(job_id, after, limit)

    async def cancel(self, principal: Principal, job_id: str) -> ImportJob:
        """Stop it before its next portion of rows; what is saved stays.

        Raises ProblemError `conflict` if it has ended.
        """
        job = await self.read(principal, job_id)
        if not await self._jobs.end(job_id, ImportStatus.CANCELLED):
            job = await self.read(principal, job_id)
            if job.status is not ImportStatus.CANCELLED:
                raise ProblemError("conflict", reason=f"the import has ended: {job.status.value}")
        return await self.read(principal, job_id)

    async def _store(self, job_id: str, stream: AsyncIterator[bytes]) -> None:
        try:
            await self._files.receive(job_id, stream)
        except UploadClosedError as error:
            raise ProblemError("conflict", reason="the import was cancelled") from error
        except BaseException:  # the body's limit and a lost client, too
            await self._jobs.end(job_id, ImportStatus.FAILED, _INTERRUPTED)
            raise


def _require_importer(principal: Principal) -> None:
    require_role(
        principal,
        Role.COORDINATOR,
        Role.BATCH,
        Role.OPERATOR,
        reason="imports are for coordinators, batch jobs and operators",
    )


def _empty() -> ProblemError:
    problem = FieldProblem(
        field="body", problem="is empty", mend="send the file's bytes as the request's body"
    )
    return ProblemError("invalid_request", fields=[problem])


async def _first_bytes(stream: AsyncIterator[bytes]) -> bytes:
    start = bytearray()
    async for data in stream:
        start += data
        if len(start) >= FIRST_BYTES:
            break
    return bytes(start)


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for data in rest:
        yield data
