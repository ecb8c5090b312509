"""Comments, reviewers' scores, and the keys of requests."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.matches.request_key import KeyUse
from services.matcher.domain.matches.rubric import Review
from services.matcher.storage.match_tables import MatchTables
from shared.contracts.match_document import MatchComment
from shared.contracts.match_requests import RubricScores

_MARKS = ("fit", "strength", "feasibility", "benefit")


class MatchNotes:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: MatchTables, connection: AsyncConnection) -> None:
        self._tables = tables
        self._connection = connection

    async def comment(self, match: str, text: str, by: str, at: datetime) -> MatchComment:
        """Add one."""
        table = self._tables.comment
        values = {"match": match, "text": text, "by": by, "at": at}
        added = await self._connection.execute(table.insert().values(values).returning(table.c.id))
        return MatchComment(id=added.scalar_one(), text=text, by=by, at=at)

    async def comments(self, match: str, limit: int) -> list[MatchComment]:
        """The last ones, oldest first."""
        table = self._tables.comment
        query = sa.select(table).where(table.c.match == match).order_by(table.c.id.desc())
        rows = list(await self._connection.execute(query.limit(limit)))
        return [MatchComment(id=r.id, text=r.text, by=r.by, at=r.at) for r in reversed(rows)]

    async def review(self, match: str, review: Review) -> None:
        """A reviewer's scores; they replace the reviewer's own."""
        table = self._tables.review
        marks = dict(zip(_MARKS, review.scores.marks, strict=True))
        values = {"match": match, "reviewer": review.reviewer, "text": review.text, **marks}
        statement = insert(table).values({**values, "at": review.at})
        changed = {name: statement.excluded[name] for name in (*_MARKS, "text", "at")}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["match", "reviewer"], set_=changed)
        )

    async def reviews(self, match: str) -> list[Review]:
        """In the order of their time."""
        table = self._tables.review
        query = sa.select(table).where(table.c.match == match)
        rows = await self._connection.execute(query.order_by(table.c.at, table.c.reviewer))
        return [
            Review(
                reviewer=row.reviewer,
                scores=RubricScores(**{mark: getattr(row, mark) for mark in _MARKS}),
                at=row.at,
                text=row.text,
            )
            for row in rows
        ]

    async def forget(self, matches: Sequence[str]) -> None:
        """All that was written on these: an organisation was erased."""
        for table in (self._tables.comment, self._tables.review):
            if matches:
                await self._connection.execute(
                    table.delete().where(table.c.match.in_(list(matches)))
                )


class RequestKeys:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: MatchTables, connection: AsyncConnection) -> None:
        self._table = tables.request
        self._connection = connection

    async def claim(self, by: str, key: str) -> KeyUse | None:
        """Hold the key until the transaction ends; what it was used for before."""
        name = sa.func.hashtextextended(f"match request\n{by}\n{key}", 0)
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))
        columns = self._table.c
        query = sa.select(columns.digest, columns.created).where(
            columns.by == by, columns.key == key
        )
        row = (await self._connection.execute(query)).first()
        return KeyUse(bytes(row.digest), row.created) if row else None

    async def remember(self, by: str, key: str, use: KeyUse, at: datetime) -> None:
        """Keep what it was used for."""
        values = {"by": by, "key": key, "digest": use.digest, "created": use.created, "at": at}
        await self._connection.execute(self._table.insert().values(values))

    async def forget(self, before: datetime) -> None:
        """Old ones."""
        await self._connection.execute(self._table.delete().where(self._table.c.at < before))
