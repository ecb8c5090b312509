"""Organisations whose names read alike: one registered twice, or one that poses as another.

GET /v1/look-alikes, for coordinators and operators.
"""

from datetime import datetime

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.organisation import Kind, Names


class LookAlike(Contract):
    """One of them."""

    id: OrganisationId
    names: Names
    kind: Kind
    country: str
    city_name: str | None = None
    registered: bool
    """Whether it has a checked ROR id or Unified Social Credit Code."""
    created_at: datetime


class LookAlikeGroup(Contract):
    """Active organisations with a name that reads the same, the oldest first."""

    reads: str
    """The name without case, accents, signs, look-alike and traditional characters."""
    same_spelling: bool
    """Whether all spell it alike. If not, somebody may have meant to be mistaken."""
    organisations: tuple[LookAlike, ...]


class LookAlikes(Contract):
    """Differing spellings first, then the largest groups."""

    items: tuple[LookAlikeGroup, ...]
    compared: int
    """Organisations looked at."""
