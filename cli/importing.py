"""An import from the first byte until its statements can be found."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cli.failures import CommandError
from cli.gateway import Gateway
from cli.import_file import ImportFile
from cli.options import Format

_POLL_SECONDS = 0.3
_QUIET_SECONDS = 1.2
"""A change may be on its way from the outbox to the bus for up to a second."""
_SEARCHABLE_WAIT_SECONDS = 3600.0
_MOST_ERRORS = 1000

Progress = Callable[[str, int, int | None], None]
"""Takes the step (`uploaded`, `rows`, `searchable`), how much is done, and of how much."""


def silent(_step: str, _done: int, _total: int | None) -> None:
    """No progress shown."""


@dataclass
class ImportResult:
    """What came of it. Times in seconds from the first byte."""

    job: dict[str, Any]
    import_seconds: float
    searchable_seconds: float | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)
    more_errors: bool = False
    """Whether there are more than are told here."""

    def as_json(self) -> dict[str, object]:
        """What `hezuo import --json` prints."""
        return {
            "job": self.job["id"],
            "status": self.job["status"],
            "format": self.job["format"],
            "dry_run": self.job["dry_run"],
            "counts": self.job["counts"],
            "seconds": round(self.searchable_seconds or self.import_seconds, 3),
            "import_seconds": round(self.import_seconds, 3),
            "searchable_seconds": self.searchable_seconds and round(self.searchable_seconds, 3),
            "errors": self.errors,
            "more_errors": self.more_errors,
        }


def run_import(
    gateway: Gateway,
    file: ImportFile,
    file_format: Format,
    *,
    dry_run: bool = False,
    wait_searchable: bool = True,
    progress: Progress = silent,
) -> ImportResult:
    """Upload, follow the job, wait for the index. Raises CommandError when the job fails."""
    started = time.monotonic()
    job = gateway.request(
        "POST",
        "/v1/imports",
        params={"format": file_format.value, "dry_run": dry_run, "file_name": file.name},
        content=_watched(file, progress),
        seconds=_SEARCHABLE_WAIT_SECONDS,
    )
    job = _follow(gateway, job, progress)
    result = ImportResult(job, time.monotonic() - started)
    if job["counts"]["rejected"]:
        problems = gateway.pages(f"/v1/imports/{job['id']}/problems")
        told = list(islice(problems, _MOST_ERRORS + 1))
        result.errors, result.more_errors = told[:_MOST_ERRORS], len(told) > _MOST_ERRORS
    if wait_searchable and not dry_run:
        quiet_since = wait_until_searchable(gateway, progress)
        result.searchable_seconds = max(quiet_since - started, result.import_seconds)
    return result


def wait_until_searchable(gateway: Gateway, progress: Progress = silent) -> float:
    """Wait until the matcher has nothing to take in; the monotonic time at which that began."""
    deadline = time.monotonic() + _SEARCHABLE_WAIT_SECONDS
    quiet_since: float | None = None
    seen: object = None
    most = 0
    while time.monotonic() < deadline:
        now = time.monotonic()
        status = gateway.get("/v1/index")
        pending = int(status["pending"])
        most = max(most, pending)
        progress("searchable", most - pending, most or None)
        state = (pending, status["statements"], status["indexed_at"])
        if pending or state != seen or quiet_since is None:
            quiet_since = now
        elif now - quiet_since >= _QUIET_SECONDS:
            return quiet_since
        seen = state
        time.sleep(_POLL_SECONDS)
    raise CommandError("the rows are stored, but not all are searchable yet; see `hezuo status`")


def _watched(file: ImportFile, progress: Progress) -> Iterator[bytes]:
    for piece in file.pieces():
        progress("uploaded", file.position, file.size)
        yield piece
    progress("uploaded", file.size, file.size)


def _follow(gateway: Gateway, job: dict[str, Any], progress: Progress) -> dict[str, Any]:
    while job["status"] in ("receiving", "running"):
        progress("rows", job["counts"]["rows"], job["rows_expected"])
        time.sleep(_POLL_SECONDS)
        job = gateway.get(f"/v1/imports/{job['id']}")
    progress("rows", job["counts"]["rows"], job["counts"]["rows"])
    if job["status"] != "done":
        raise CommandError(job.get("problem") or f"the import was {job['status']}")
    return job
