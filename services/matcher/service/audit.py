"""Reading the audit trail, and telling whether it is what was written."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.audit import AuditFilter
from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.store import MatcherStore
from shared.audit_chain import Head
from shared.audit_findings import TrailReader
from shared.contracts.audit import AuditPage, AuditVerification

_PORTION = 2000


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
        reader = TrailReader(_head(anchor))
        async with self.store.transaction() as transaction:
            kept = await transaction.audit.head()
        last = max(kept.number, reader.anchor.number if reader.anchor else 0)
        after = 0
        while True:
            async with self.store.transaction() as transaction:
                portion = await transaction.audit.linked(after=after, limit=_PORTION)
            portion = [one for one in portion if one.number <= last]
            if not portion:
                break
            reader.take(portion)
            after = portion[-1].number
        findings = reader.end(kept)
        head = f"{kept.number}:{kept.digest}" if kept.number else None
        return AuditVerification(
            intact=not findings,
            entries=reader.entries,
            head=head,
            findings=findings,
            verified_at=datetime.now(UTC),
        )


def _head(anchor: str | None) -> Head | None:
    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    return Head(int(number), digest)
