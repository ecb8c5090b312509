"""What the matcher knows of a statement and of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple

from services.matcher.domain.term_counts import TermCounts
from shared.contracts.organisation import Facets, Language, Necessity, Side, Visibility


class StatementKey(NamedTuple):
    """Names one statement on the platform. A tuple: it is hashed thousands of times a request."""

    organisation: str
    statement: str

    @property
    def point_id(self) -> int:
        """The statement's id in the index: the same on every machine."""
        return _point_id(f"{self.organisation}\x00{self.statement}")


def _point_id(name: str) -> int:
    """64 bits: of ten million two agree with a chance of 3 in a million. A UUID takes five times
    as long to read and to look up, for thousands of hits a request."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as matching needs it."""

    key: StatementKey
    side: Side
    text: str
    language: Language
    fields: tuple[str, ...]
    readiness: int | None
    necessity: Necessity | None
    visibility: Visibility
    valid_until: date | None = None
    """The last day on which it is matched."""
    stated_on: date | None = None
    terms: TermCounts | None = field(default=None, compare=False, repr=False)
    """The words of its text, where they have been counted."""
    facets: Facets | None = None
    """As the member has given them; others are read from the text."""

    def valid_on(self, day: date) -> bool:
        """Whether it is matched on that day."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class MatchedOrganisation:
    """An organisation's snapshot in the matcher at one version."""

    id: str
    version: int
    kind: str
    names: dict[str, str | None]
    country: str
    province: str | None
    city_name: str | None
    fields: tuple[str, ...]
    exclusions: frozenset[str]
    capacity: int
    statements: tuple[Statement, ...]
    updated_at: datetime | None = None
    """When its members last changed it; None where that was not noted."""
    city: str | None = None
    """GB/T 2260; abroad there is only the name."""
    hub: float = 0.0
    """How far it is everyone's neighbour, by the platform's limit; 0 below it."""
    collaborations: Mapping[str, int] = field(default_factory=dict)
    """Past partners, and how many projects were shared."""
    parent: str | None = None
    """The id of the organisation that it is a part of; it need not be on the platform."""

    def side(self, side: Side) -> tuple[Statement, ...]:
        """Its needs or its capabilities."""
        return tuple(statement for statement in self.statements if statement.side is side)
