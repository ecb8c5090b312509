"""Reading the audit trail, and telling whether it is what was written."""

from dataclasses import dataclass

from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.store import MatcherStore
from shared.audit_entries import AuditFilter
from shared.audit_findings import LinkedEntry
from shared.audit_verifying import PORTION, verified
from shared.contracts.audit import AuditPage, AuditVerification


@dataclass(frozen=True)
class ReadAudit:
    """For coordinators and operators."""

    store: MatcherStore

    async def page(self, wanted: AuditFilter, *, cursor: str | None, limit: int) -> AuditPage:
        """Newest first. Raises ProblemError("invalid_request") for a cursor of another list."""
        before = read_id_cursor(cursor)
        async with self.store.transaction() as transaction:
            found = await transaction.audit.page(wanted, before=before, limit=limit + 1)
        more = found[limit - 1].seq if len(found) > limit else None
        return AuditPage(items=tuple(found[:limit]), next_cursor=write_id_cursor(more))

    async def verify(self, anchor: str | None) -> AuditVerification:
        """The whole trail, in portions; what is added meanwhile is not looked at."""

        async def read_on(after: int) -> list[LinkedEntry]:
            async with self.store.transaction() as transaction:
                return await transaction.audit.linked(after=after, limit=PORTION)

        async with self.store.transaction() as transaction:
            kept = await transaction.audit.head()
        return await verified(kept, anchor, read_on)
