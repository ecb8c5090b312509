"""Who is not to be suggested to anybody: held by screening, full, or not updated for long."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.restrictions import Codes
from services.matcher.storage.tables import MatcherTables
from shared.contracts.why_not import ReasonCode

_WHOLE = ""
"""Stands for the organisation where a hold names no statement."""
_SCREENING = "screening"
"""The profiles service knows by which rule."""


class PolicyHolds:
    """Reads and writes within the caller's transaction."""

    def __init__(self, table: sa.Table, connection: AsyncConnection) -> None:
        self._table = table
        self._connection = connection

    async def hold(self, organisation: str, statement: str | None, rule: str) -> None:
        """A statement, or the organisation as a whole."""
        put = insert(self._table).values(
            organisation=organisation, statement=statement or _WHOLE, rule=rule
        )
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["organisation", "statement"], set_={"rule": put.excluded.rule}
            )
        )

    async def clear(self, organisation: str, statement: str | None) -> None:
        """It may be suggested again."""
        columns = self._table.c
        await self._connection.execute(
            self._table.delete().where(
                columns.organisation == organisation, columns.statement == (statement or _WHOLE)
            )
        )

    async def follow(self, held: Mapping[str, Collection[str]]) -> None:
        """Of these organisations, these statements and no others; whole ones stay as they are."""
        columns = self._table.c
        rows = [
            {"organisation": id, "statement": statement, "rule": _SCREENING}
            for id, statements in sorted(held.items())
            for statement in sorted(statements)
        ]
        ids = sa.cast(list(held), ARRAY(sa.Text))
        freed = self._table.delete().where(
            columns.organisation == sa.any_(ids), columns.statement != _WHOLE
        )
        await self._connection.execute(freed)
        if rows:
            await self._connection.execute(insert(self._table).on_conflict_do_nothing(), rows)

    async def held_statements(self, organisation: str) -> frozenset[str]:
        """Ids."""
        columns = self._table.c
        query = sa.select(columns.statement).where(
            columns.organisation == organisation, columns.statement != _WHOLE
        )
        return frozenset((await self._connection.execute(query)).scalars())


class Unavailable:
    """Reads within the caller's transaction, in one round trip."""

    def __init__(self, tables: MatcherTables, connection: AsyncConnection) -> None:
        constraints = tables.constraints
        self._tables = (tables.organisation, constraints.hold, constraints.introduction)
        self._connection = connection

    async def unavailable(self, *, stale_before: datetime | None) -> dict[str, Codes]:
        """Held, full or stale active organisations; None means that none is stale."""
        query = _unavailable(*self._tables, stale=stale_before is not None)
        bound = {"before": stale_before} if stale_before is not None else {}
        found: dict[str, Codes] = {}
        for row in await self._connection.execute(query, bound):
            found[row.id] = found.get(row.id, frozenset()) | {ReasonCode(row.code)}
        return found


@cache
def _unavailable(
    organisation: sa.Table, hold: sa.Table, introduction: sa.Table, *, stale: bool
) -> sa.CompoundSelect[str, str]:
    """Asked for every answer: made once."""
    parts = [_held(hold), _without_capacity(organisation), _full(organisation, introduction)]
    return sa.union_all(*parts, *([_stale(organisation)] if stale else []))


def _held(hold: sa.Table) -> sa.Select[str, str]:
    columns = hold.c
    return _with_code(columns.organisation.label("id"), ReasonCode.POLICY_HOLD).where(
        columns.statement == _WHOLE
    )


def _without_capacity(organisation: sa.Table) -> sa.Select[str, str]:
    columns = organisation.c
    return _with_code(columns.id, ReasonCode.AT_CAPACITY).where(
        columns.capacity == 0, columns.snapshot.is_not(None)
    )


def _full(organisation: sa.Table, introduction: sa.Table) -> sa.Select[str, str]:
    met, columns = introduction.c, organisation.c
    sides = sa.union_all(
        *(
            sa.select(side.label("id")).where(met.closed_at.is_(None))
            for side in (met.first, met.second)
        )
    ).subquery()
    counted = sa.select(sides.c.id, sa.func.count().label("open")).group_by(sides.c.id)
    counts = counted.subquery()
    return (
        _with_code(columns.id, ReasonCode.AT_CAPACITY)
        .join(counts, counts.c.id == columns.id)
        .where(columns.capacity > 0, counts.c.open >= columns.capacity)
    )


def _stale(organisation: sa.Table) -> sa.Select[str, str]:
    columns = organisation.c
    before = sa.bindparam("before", type_=columns.updated_at.type)
    return _with_code(columns.id, ReasonCode.STALE_PROFILE).where(
        columns.updated_at < before, columns.snapshot.is_not(None)
    )


def _with_code(id: sa.ColumnElement[str], code: ReasonCode) -> sa.Select[str, str]:
    return sa.select(id, sa.literal(code.value).label("code"))
