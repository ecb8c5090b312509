"""The audit trail of screening in PostgreSQL: append-only, each entry chained to the one before."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.screening.schema import screening_audit, screening_audit_head
from shared.audit_chain import Broken, Content, Entry, Head, Verifier, link

_c = screening_audit.c
_head = screening_audit_head
_PAGE = 2000


class AuditStore:
    """Writes and reads within the caller's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, contents: Sequence[Content]) -> None:
        """Chain these to the end; other writers wait until the transaction ends."""
        if not contents:
            return
        head = await self._kept(lock=True)
        rows = []
        for content in contents:
            entry = link(head, content)
            head = Head(entry.number, entry.digest)
            rows.append(_row(entry))
        await self._connection.execute(screening_audit.insert(), rows)
        await self._connection.execute(
            _head.update().values(number=head.number, digest=head.digest)
        )

    async def of_flag(self, flag: str, *, limit: int = 200) -> list[Entry]:
        """What happened to one flag, oldest first; the newest ones where there are very many."""
        query = screening_audit.select().where(_c.flag == flag).order_by(_c.number.desc())
        rows = list(await self._connection.execute(query.limit(limit)))
        return [_entry(row) for row in reversed(rows)]

    async def page(self, *, before: int | None, limit: int) -> list[Entry]:
        """Newest first."""
        query = screening_audit.select().order_by(_c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(_c.number < before)
        return [_entry(row) for row in await self._connection.execute(query)]

    async def verify(self) -> tuple[int, Broken | None]:
        """How many entries there are by the head, and the first that is not as it was written."""
        kept, verifier = await self._kept(), Verifier()
        async for entries in self._pages():
            if broken := verifier.take(entries):
                return kept.number, broken
        return kept.number, verifier.end(kept)

    async def _pages(self) -> AsyncIterator[list[Entry]]:
        after = 0
        while True:
            query = screening_audit.select().where(_c.number > after).order_by(_c.number)
            rows = list(await self._connection.execute(query.limit(_PAGE)))
            if not rows:
                return
            yield [_entry(row) for row in rows]
            after = rows[-1].number

    async def _kept(self, *, lock: bool = False) -> Head:
        query = sa.select(_head.c.number, _head.c.digest)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one()
        return Head(row.number, row.digest)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "flag": entry.content["flag"],
        "organisation": entry.content["organisation"],
        "content": dict(entry.content),
        "digest": entry.digest,
    }


def _entry(row: Any) -> Entry:
    return Entry(row.number, row.content, row.digest)
