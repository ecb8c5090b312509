"""Calls out of a file."""

from enum import StrEnum

from shared.contracts.base import Contract


class CallFormat(StrEnum):
    """How rows are read; found out from the first bytes where it is not given."""

    JSONL = "jsonl"
    """One call a line, as in the API; or records of the EU funding portal."""
    CSV = "csv"


class CallRowProblem(Contract):
    """What is wrong with one row, and how to mend it."""

    line: int
    reference: str | None
    field: str
    problem: str
    mend: str


class CallImportReport(Contract):
    """Good rows went in as drafts; a call known by its reference was changed if still a draft."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    dry_run: bool
    problems: tuple[CallRowProblem, ...]
    """The first 1,000, in line order."""
