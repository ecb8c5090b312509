"""Whom rematch jobs cover, and what is said of all of them."""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.pairs import Pair
from services.matcher.domain.restrictions import Codes
from services.matcher.storage.constraint_tables import ConstraintTables
from shared.contracts.rematch import RematchScope
from shared.contracts.why_not import ReasonCode

_TEXTS = ARRAY(sa.Text)


class RematchCovers:
    """Reads within the caller's transaction."""

    def __init__(
        self, organisation: sa.Table, tables: ConstraintTables, connection: AsyncConnection
    ) -> None:
        self._organisation = organisation
        self._tables = tables
        self._connection = connection

    async def in_scope(self, scope: RematchScope, fields: Sequence[str]) -> list[str]:
        """Active ones, in id order; `fields` are the scope's field and those below it."""
        columns = self._organisation.c
        query = sa.select(columns.id).where(columns.snapshot.is_not(None)).order_by(columns.id)
        for condition in self._conditions(scope, fields):
            query = query.where(condition)
        return list((await self._connection.execute(query)).scalars())

    async def unknown(self, organisations: Sequence[str]) -> list[str]:
        """Those of the ids that name no active organisation."""
        columns = self._organisation.c
        query = sa.select(columns.id).where(
            columns.id == sa.any_(_texts(organisations)), columns.snapshot.is_not(None)
        )
        known = set((await self._connection.execute(query)).scalars())
        return [id for id in organisations if id not in known]

    async def versions(self) -> dict[str, int]:
        """Of all active organisations, in id order."""
        columns = self._organisation.c
        query = (
            sa.select(columns.id, columns.version)
            .where(columns.snapshot.is_not(None))
            .order_by(columns.id)
        )
        return {row.id: row.version for row in await self._connection.execute(query)}

    async def held(self) -> dict[str, tuple[str, ...]]:
        """Statements that screening holds, by organisation."""
        columns = self._tables.hold.c
        query = (
            sa.select(columns.organisation, columns.statement)
            .where(columns.statement != "")
            .order_by(columns.organisation, columns.statement)
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in await self._connection.execute(query):
            found[row.organisation] = (*found.get(row.organisation, ()), row.statement)
        return found

    async def capacities(self) -> dict[str, int]:
        """How many more introductions each active organisation takes."""
        columns, met = self._organisation.c, self._tables.introduction.c
        sides = sa.union_all(
            *(
                sa.select(side.label("id")).where(met.closed_at.is_(None))
                for side in (met.first, met.second)
            )
        ).subquery()
        open = sa.select(sides.c.id, sa.func.count().label("open")).group_by(sides.c.id).subquery()
        left = sa.func.greatest(columns.capacity - sa.func.coalesce(open.c.open, 0), 0)
        query = (
            sa.select(columns.id, left.label("left"))
            .outerjoin(open, open.c.id == columns.id)
            .where(columns.snapshot.is_not(None))
        )
        return {row.id: row.left for row in await self._connection.execute(query)}

    async def rules(self, day: date) -> str:
        """A digest of what keeps organisations apart on that day, or out."""
        said, hold = self._tables.pair.c, self._tables.hold.c
        holding = sa.or_(said.until.is_(None), said.until >= day)
        apart = sa.select(
            sa.func.concat_ws(" ", "apart", said.first, said.second, said.kind).label("line")
        ).where(holding)
        held = sa.select(
            sa.func.concat_ws(" ", "held", hold.organisation, hold.statement, hold.rule)
        )
        lines = sa.union_all(apart, held).subquery()
        line = lines.c.line.collate("C")
        query = sa.select(line).order_by(line)
        return _digest(list((await self._connection.execute(query)).scalars()))

    async def apart(self, day: date) -> dict[Pair, Codes]:
        """Pairs that are not suggested on that day, with the reasons."""
        said, met = self._tables.pair.c, self._tables.introduction.c
        constraints = sa.select(said.first, said.second, said.kind.label("code")).where(
            sa.or_(said.until.is_(None), said.until >= day)
        )
        introduced = sa.select(
            met.first, met.second, sa.literal(ReasonCode.INTRODUCED.value).label("code")
        ).where(met.closed_at.is_(None))
        columns = self._organisation.c
        excluded = sa.select(
            columns.id.label("first"),
            sa.func.unnest(columns.exclusions).label("second"),
            sa.literal(ReasonCode.EXCLUDED_BY_ASKER.value).label("code"),
        ).where(columns.snapshot.is_not(None))
        found: dict[Pair, Codes] = {}
        for row in await self._connection.execute(sa.union_all(constraints, introduced, excluded)):
            if row.first != row.second:
                pair = Pair.of(row.first, row.second)
                found[pair] = found.get(pair, frozenset()) | {ReasonCode(row.code)}
        return found

    def _conditions(
        self, scope: RematchScope, fields: Sequence[str]
    ) -> list[sa.ColumnElement[bool]]:
        columns = self._organisation.c
        found: list[sa.ColumnElement[bool]] = []
        if scope.kind:
            found.append(columns.snapshot["kind"].astext == scope.kind.value)
        if scope.province:
            found.append(columns.snapshot["province"].astext == scope.province)
        if fields:
            found.append(columns.snapshot["fields"].op("?|")(_texts(fields)))
        if scope.changed_since:
            found.append(columns.updated_at >= scope.changed_since)
        if scope.organisations:
            found.append(columns.id == sa.any_(_texts(scope.organisations)))
        return found


def _texts(values: Sequence[str]) -> sa.ColumnElement[Sequence[str]]:
    return sa.cast(sa.literal(list(values), _TEXTS), _TEXTS)


def _digest(lines: Sequence[str]) -> str:
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()
