"""The audit trail: append only, each entry with a digest over itself and the one before.

Public routes, for coordinators and operators:

    GET /v1/audit                newest first; filters subject, actor, action, since   AuditPage
    GET /v1/account-audit        the same of accounts and API keys      AuditPage
    GET /v1/account-audit/verification  as below, of that trail
    GET /v1/audit/verification   ?anchor=SEQ:DIGEST, a head noted before   AuditVerification
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from shared.contracts.base import Contract

Anchor = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}:[0-9a-f]{64}$")]
"""An entry's number and digest, as `head` showed them at an earlier verification."""


class AuditEntry(Contract):
    """One thing that was done. Codes, ids and versions; never free text."""

    seq: int
    """1, 2, 3 without a gap."""
    at: datetime
    actor: str
    role: str
    action: str
    subject_kind: str
    """`match`, `call`, ..."""
    subject: str
    details: dict[str, str | int | bool | None]
    request_id: str
    previous: str
    """The digest of the entry before; 64 zeros for the first."""
    digest: str
    """SHA-256 over everything above, in hexadecimal."""


class AuditPage(Contract):
    """Newest first."""

    items: tuple[AuditEntry, ...]
    next_cursor: str | None = None


class Tampering(StrEnum):
    """What the verifier found."""

    EDITED = "edited"
    """The digest is not that of the entry."""
    MISSING = "missing"
    """Entries between two, or at the end, are gone."""
    BROKEN_LINK = "broken_link"
    """It does not follow on the entry before it."""
    REPLACED = "replaced"
    """The anchor's entry has another digest now: the trail was written anew."""


class AuditFinding(Contract):
    """One place where the trail is not what was written."""

    seq: int
    problem: Tampering
    until: int | None = None
    """The last missing one, where several are missing in a row."""


class AuditVerification(Contract):
    """Whether the trail is what was written. Note the head down elsewhere, and give it as the
    anchor next time: whoever can rewrite the whole table could otherwise renew all digests."""

    intact: bool
    entries: int
    head: Anchor | None
    """None while the trail is empty."""
    findings: tuple[AuditFinding, ...]
    """At most the first 100."""
    verified_at: datetime
