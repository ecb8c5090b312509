"""What coordinators have said of pairs, and introductions between them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.pairs import APART, Pair, StoredPairConstraint
from services.matcher.domain.restrictions import Codes
from services.matcher.storage.constraint_tables import ConstraintTables
from shared.contracts.constraints import PairConstraintKind
from shared.contracts.why_not import ReasonCode


class PairConstraints:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: ConstraintTables, connection: AsyncConnection) -> None:
        self._table = tables.pair
        self._introduction = tables.introduction
        self._connection = connection

    async def put(self, constraint: StoredPairConstraint) -> StoredPairConstraint:
        """Set or replace; who and when are those of the last change."""
        row = {
            "first": constraint.pair.first,
            "second": constraint.pair.second,
            "kind": constraint.kind.value,
            **{name: getattr(constraint, name) for name in _SAID},
        }
        statement = insert(self._table).values(row)
        changed = {name: statement.excluded[name] for name in _SAID}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed)
        )
        return constraint

    async def remove(self, pair: Pair, kind: PairConstraintKind) -> bool:
        """Whether there was one."""
        columns = self._table.c
        deleted = await self._connection.execute(
            self._table.delete().where(
                columns.first == pair.first,
                columns.second == pair.second,
                columns.kind == kind.value,
            )
        )
        return deleted.rowcount > 0

    async def between(self, pair: Pair) -> list[StoredPairConstraint]:
        """All of one pair, those that are over too."""
        return await self.page(pair.first, after=None, limit=_KINDS, other=pair.second)

    async def page(
        self,
        organisation: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        other: str | None = None,
    ) -> list[StoredPairConstraint]:
        """The next ones in the order of the other's id and the kind, those that are over too;
        `other` names the other."""
        columns = self._table.c
        theirs = _other(self._table, organisation)
        query = sa.select(self._table).where(_of(self._table, organisation))
        if other is not None:
            query = query.where(theirs == other)
        if after:
            query = query.where(sa.tuple_(theirs, columns.kind) > sa.tuple_(*after))
        rows = await self._connection.execute(query.order_by(theirs, columns.kind).limit(limit))
        return [_stored(row) for row in rows]

    async def of(self, organisation: str, day: date) -> dict[str, Codes]:
        """Those that hold on that day, and open introductions, by the other's id."""
        query = _holding(self._table, self._introduction)
        bound = {"organisation": organisation, "day": day}
        found: dict[str, Codes] = {}
        for row in await self._connection.execute(query, bound):
            found[row.other] = found.get(row.other, frozenset()) | {ReasonCode(row.code)}
        return found

    async def kept_apart(self, organisation: str, day: date) -> frozenset[str]:
        """Others that are in a constraint with it on that day."""
        said = self._table
        query = sa.select(_other(said, organisation)).where(
            _of(said, organisation), sa.or_(said.c.until.is_(None), said.c.until >= day)
        )
        return frozenset((await self._connection.execute(query)).scalars())

    async def among(self, pairs: Sequence[Pair], day: date) -> dict[Pair, Codes]:
        """Those of these pairs that hold on that day."""
        columns = self._table.c
        query = sa.select(columns.first, columns.second, columns.kind).where(
            sa.tuple_(columns.first, columns.second).in_([tuple(pair) for pair in pairs]),
            sa.or_(columns.until.is_(None), columns.until >= day),
        )
        found: dict[Pair, Codes] = {}
        for row in await self._connection.execute(query):
            pair = Pair(row.first, row.second)
            found[pair] = found.get(pair, frozenset()) | {ReasonCode(row.kind)}
        return found

    async def apart(self, organisations: Sequence[str], day: date) -> frozenset[Pair]:
        """Pairs of these that may not be in one team on that day."""
        columns = self._table.c
        ids = sa.cast(list(organisations), ARRAY(sa.Text))
        query = sa.select(columns.first, columns.second).where(
            columns.first == sa.any_(ids),
            columns.second == sa.any_(ids),
            columns.kind.in_([kind.value for kind in sorted(APART)]),
            sa.or_(columns.until.is_(None), columns.until >= day),
        )
        return frozenset(Pair(*row) for row in await self._connection.execute(query))


class Introductions:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: ConstraintTables, connection: AsyncConnection) -> None:
        self._table = tables.introduction
        self._connection = connection

    async def open(self, pair: Pair, at: datetime) -> None:
        """Begin, or begin again."""
        statement = insert(self._table).values(
            first=pair.first, second=pair.second, opened_at=at, closed_at=None
        )
        changed = {name: statement.excluded[name] for name in ("opened_at", "closed_at")}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["first", "second"], set_=changed)
        )

    async def close(self, pair: Pair, at: datetime) -> None:
        """It takes no capacity any more."""
        columns = self._table.c
        await self._connection.execute(
            self._table.update()
            .where(
                columns.first == pair.first,
                columns.second == pair.second,
                columns.closed_at.is_(None),
            )
            .values(closed_at=at)
        )

    async def count_open(self, organisation: str) -> int:
        """How many it handles now."""
        query = sa.select(sa.func.count()).where(
            _of(self._table, organisation), self._table.c.closed_at.is_(None)
        )
        return int((await self._connection.execute(query)).scalar_one())


_KINDS = len(PairConstraintKind)
_KEY = ("first", "second", "kind")
_SAID = ("reason", "until", "set_by", "set_at")


_Id = str | sa.ColumnElement[str]


def _of(table: sa.Table, organisation: _Id) -> sa.ColumnElement[bool]:
    return sa.or_(table.c.first == organisation, table.c.second == organisation)


@cache
def _holding(said: sa.Table, met: sa.Table) -> sa.CompoundSelect[str, str]:
    """Of `organisation` on a `day`; made once, it is asked for every list."""
    organisation = sa.bindparam("organisation", type_=sa.Text)
    day = sa.bindparam("day", type_=sa.Date)
    holding = sa.or_(said.c.until.is_(None), said.c.until >= day)
    constraints = sa.select(_other(said, organisation), said.c.kind.label("code")).where(
        _of(said, organisation), holding
    )
    introduced = sa.select(
        _other(met, organisation), sa.literal(ReasonCode.INTRODUCED.value).label("code")
    ).where(_of(met, organisation), met.c.closed_at.is_(None))
    return sa.union_all(constraints, introduced)


def _other(table: sa.Table, organisation: _Id) -> sa.Label[str]:
    return sa.case((table.c.first == organisation, table.c.second), else_=table.c.first).label(
        "other"
    )


def _stored(row: Any) -> StoredPairConstraint:
    return StoredPairConstraint(
        pair=Pair(row.first, row.second),
        kind=PairConstraintKind(row.kind),
        **{name: getattr(row, name) for name in _SAID},
    )
