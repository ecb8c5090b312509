"""What became of one row of a bulk write."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.base import OrganisationId
from shared.contracts.problems import FieldProblem


class SaveResult(StrEnum):
    """A row is created, changes what is there, changes nothing, or is refused."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class SaveOutcome:
    """`version` is the one that the organisation is at now; None for a refused new row."""

    organisation_id: OrganisationId
    result: SaveResult
    version: int | None = None
    problems: tuple[FieldProblem, ...] = ()
    """Why the row is refused, field by field; empty otherwise."""
