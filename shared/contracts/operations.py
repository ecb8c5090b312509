"""What an operator asks the matcher."""

from datetime import datetime
from enum import StrEnum

from shared.contracts.base import Contract


class DeadLetter(Contract):
    """A change that could not be taken in; it holds ids, never text."""

    id: int
    organisation_id: str | None
    version: int | None
    subject: str
    reason: str
    deliveries: int
    created_at: datetime
    replayed_at: datetime | None = None


class DeadLetterPage(Contract):
    """Newest first."""

    items: tuple[DeadLetter, ...]
    next_cursor: str | None = None


class Replay(Contract):
    """How many dead letters were sent again."""

    replayed: int


class Reconciliation(Contract):
    """What a comparison of PostgreSQL and the index found and mended."""

    compared: int
    missing: int
    """In PostgreSQL, not (or older) in the index: indexed."""
    surplus: int
    """In the index, withdrawn or unknown in PostgreSQL: removed."""
    mended: int
    seconds: float


class Reindexing(Contract):
    """A rebuild beside the running index, and the swap."""

    collection: str
    statistics_version: int
    organisations: int
    statements: int
    seconds: float


class RebuildPhase(StrEnum):
    """How far a rebuild is."""

    FITTING = "fitting"
    BUILDING = "building"
    SWAPPING = "swapping"
    DONE = "done"
    FAILED = "failed"


class Rebuild(Contract):
    """A rebuild that runs in the background, or the last one that ran."""

    phase: RebuildPhase
    organisations_done: int = 0
    organisations_total: int = 0
    started_at: datetime
    result: Reindexing | None = None
    """Given when it is done."""
    problem: str | None = None


class IndexStatus(Contract):
    """The matcher's view of itself."""

    collection: str
    model: str
    dimension: int
    statistics_version: int
    """0 for the language statistics that come with the project."""
    statistics_fitted_at: datetime | None = None
    """When they were fitted on the platform's own statements; None for those."""
    statements: int
    organisations: int
    pending: int
    """Changes on the bus that are not taken in yet."""
    dead_letters: int
    indexed_at: datetime | None
    device: str
    rebuild: Rebuild | None = None
    """The running rebuild, or the last one of this process."""
