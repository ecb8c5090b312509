"""What matches, and whoever else keeps an audit trail, need of a transaction."""

from collections.abc import Sequence
from typing import Protocol

from services.matcher.domain.audit import AuditFilter, NewAuditEntry
from shared.audit_chain import Head
from shared.audit_findings import LinkedEntry
from shared.contracts.audit import AuditEntry
from shared.outbox import OutboxEvent


class AuditTrail(Protocol):
    """Append only."""

    async def append(self, entries: Sequence[NewAuditEntry]) -> None:
        """Add them; others who add wait until this transaction ends, so do it last."""

    async def page(
        self, wanted: AuditFilter, *, before: int | None, limit: int
    ) -> list[AuditEntry]:
        """Newest first, older than number `before`."""

    async def of(self, kind: str, subject: str, limit: int) -> list[AuditEntry]:
        """The last ones about one subject, oldest first."""

    async def linked(self, *, after: int, limit: int) -> list[LinkedEntry]:
        """The next ones in the order of the chain, to be verified."""

    async def head(self) -> Head:
        """Where its writer says that it ends."""


class Events(Protocol):
    """What others are told after the commit."""

    async def append(self, events: Sequence[OutboxEvent]) -> None:
        """Published in this order."""
