"""A service's audit trail in PostgreSQL: one chain over all of its subjects."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.audit_chain import Content, Head, link
from shared.audit_entries import AuditFilter, NewAuditEntry
from shared.audit_findings import LinkedEntry
from shared.contracts.audit import AuditEntry


def audit_tables(metadata: sa.MetaData, name: str) -> tuple[sa.Table, sa.Table]:
    """The entries, which the database refuses to change or delete, and the one row that says
    where they end. To be made by the service's migrations."""
    entries = sa.Table(
        name,
        metadata,
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column("details", JSONB, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Index(f"{name}_subject", "subject_kind", "subject", "seq"),
        sa.Index(f"{name}_actor", "actor", "seq"),
    )
    head = sa.Table(
        f"{name}_head",
        metadata,
        sa.Column("id", sa.SmallInteger, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    return entries, head


class AuditTrail:
    """Reads and writes within the caller's transaction."""

    def __init__(self, table: sa.Table, head: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._head = head
        self._connection = connection

    async def append(self, entries: Sequence[NewAuditEntry]) -> None:
        """Add them; others who add wait until this transaction ends, so do it last."""
        if not entries:
            return
        head = await self._held_head()
        rows = []
        for entry in entries:
            row = _values(entry)
            linked = link(head, content_of(row))
            row |= {"seq": linked.number, "previous": head.digest, "digest": linked.digest}
            rows.append(row)
            head = Head(linked.number, linked.digest)
        await self._connection.execute(self._table.insert(), rows)
        await self._connection.execute(
            self._head.update().values(seq=head.number, digest=head.digest)
        )

    async def page(
        self, wanted: AuditFilter, *, before: int | None, limit: int
    ) -> list[AuditEntry]:
        """Newest first, older than number `before`."""
        columns = self._table.c
        query = sa.select(self._table).order_by(columns.seq.desc()).limit(limit)
        for name in ("subject_kind", "subject", "actor", "action"):
            if (value := getattr(wanted, name)) is not None:
                query = query.where(columns[name] == value)
        if wanted.since is not None:
            query = query.where(columns.at >= wanted.since)
        if before is not None:
            query = query.where(columns.seq < before)
        return [_entry(row) for row in await self._connection.execute(query)]

    async def of(self, kind: str, subject: str, limit: int) -> list[AuditEntry]:
        """The last ones about one subject, oldest first."""
        newest = await self.page(AuditFilter(kind, subject), before=None, limit=limit)
        return newest[::-1]

    async def linked(self, *, after: int, limit: int) -> list[LinkedEntry]:
        """The next ones in the order of the chain, to be verified."""
        columns = self._table.c
        query = sa.select(self._table).where(columns.seq > after).order_by(columns.seq)
        rows = await self._connection.execute(query.limit(limit))
        return [
            LinkedEntry(row.seq, row.previous, content_of(row._mapping), row.digest) for row in rows
        ]

    async def head(self) -> Head:
        """Where its writer says that it ends."""
        row = (await self._connection.execute(sa.select(self._head))).first()
        return Head(row.seq, row.digest) if row else Head()

    async def _held_head(self) -> Head:
        row = (await self._connection.execute(sa.select(self._head).with_for_update())).one()
        return Head(row.seq, row.digest)


_SAID = ("actor", "role", "action", "subject_kind", "subject", "request_id")


def content_of(row: Any) -> Content:
    """What the digest covers; the same before storage and after it."""
    at: datetime = row["at"]
    details = {f"details.{name}": value for name, value in row["details"].items()}
    return {
        **{name: row[name] for name in _SAID},
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        **details,
    }


def _values(entry: NewAuditEntry) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) for name in _SAID},
        "at": entry.at,
        "details": entry.details,
    }


def _entry(row: Any) -> AuditEntry:
    names = (*_SAID, "seq", "at", "details", "previous", "digest")
    return AuditEntry.model_validate({name: getattr(row, name) for name in names})
