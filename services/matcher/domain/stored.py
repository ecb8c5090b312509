"""What the matcher stores: organisations, which collection is live, dead letters."""

from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.statements import MatchedOrganisation
from shared.contracts.organisation import Status


@dataclass(frozen=True)
class StoredOrganisation:
    """One organisation at a version; a withdrawn or erased one has no profile left."""

    id: str
    version: int
    status: Status | None
    """None before anything was taken in."""
    profile: MatchedOrganisation | None = None
    digests: frozenset[bytes] = frozenset()
    """Content keys of its statements."""
    held: tuple[str, ...] = ()
    """Ids of statements that screening holds; known of what is taken in, not of what is read."""


@dataclass(frozen=True)
class IndexState:
    """The live collection and what it was made with."""

    collection: str
    model: str
    statistics_version: int
    indexed_at: datetime | None = None
    erased_at: datetime | None = None
    """Of the last erasure that its files may still hold; None when there is none."""


@dataclass(frozen=True)
class NewDeadLetter:
    """A message to be kept; `fingerprint` is the digest of its bytes."""

    fingerprint: bytes
    organisation_id: str | None
    version: int | None
    subject: str
    reason: str
    deliveries: int
