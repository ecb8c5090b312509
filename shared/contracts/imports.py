"""Bulk import: a job, its counts and a report per row."""

from datetime import datetime
from enum import StrEnum

from shared.contracts.base import Contract


class ImportFormat(StrEnum):
    """How rows are read. Every format but `ror` and `cordis` is also written by the export."""

    JSONL = "jsonl"
    """One organisation a line, as in the API."""
    CSV = "csv"
    XLSX = "xlsx"
    DATASET = "dataset"
    """organisations.jsonl of an evaluation data set."""
    ROR = "ror"
    CORDIS = "cordis"
    """A zip of CORDIS's project.csv and organization.csv."""


class ImportStatus(StrEnum):
    """`failed` is for a file that cannot be read at all; bad rows alone do not fail a job."""

    RECEIVING = "receiving"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RowProblem(Contract):
    """What is wrong with one row, and how to mend it."""

    line: int
    organisation: str | None
    field: str
    problem: str
    mend: str


class ImportCounts(Contract):
    """Rows by outcome, and statements taken in."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    statements: int = 0


class ImportJob(Contract):
    """An import and how far it is."""

    id: str
    format: ImportFormat
    file_name: str
    dry_run: bool
    status: ImportStatus
    counts: ImportCounts
    rows_expected: int | None
    """Known once the file was read through; for a progress bar."""
    problem: str | None = None
    started_at: datetime
    finished_at: datetime | None = None


class RowProblemPage(Contract):
    """The report, in line order."""

    items: tuple[RowProblem, ...]
    next_cursor: str | None = None


class ImportJobPage(Contract):
    """Imports, newest first."""

    items: tuple[ImportJob, ...]
    next_cursor: str | None = None
