"""What the audit trail is told."""

from dataclasses import dataclass, field
from datetime import datetime

Details = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class NewAuditEntry:
    """One thing that was done: codes, ids and versions, never free text."""

    at: datetime
    actor: str
    role: str
    action: str
    subject_kind: str
    subject: str
    request_id: str
    details: Details = field(default_factory=dict)


@dataclass(frozen=True)
class AuditFilter:
    """Which entries; None means any."""

    subject_kind: str | None = None
    subject: str | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
