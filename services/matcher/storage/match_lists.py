"""The review queue: filters, orders and counts over one narrow table."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.matches.queue import MatchFilter, QueuePlace
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.storage.match_rows import match_of
from services.matcher.storage.tables import MatcherTables
from shared.contracts.matches import MatchSort, MatchState

_ORDERS = {
    MatchSort.SCORE: ("score", True),
    MatchSort.UPDATED: ("updated_at", True),
    MatchSort.WAITING: ("since", False),
    MatchSort.CREATED: ("created_at", True),
    MatchSort.DUE: ("due_at", False),
}
"""Column, and whether it falls."""
_MOST_NAMED = 300


class MatchLists:
    """Reads within the caller's transaction."""

    def __init__(self, tables: MatcherTables, connection: AsyncConnection) -> None:
        self._table = tables.matches.match
        self._organisation = tables.organisation
        self._connection = connection

    async def page(
        self, wanted: MatchFilter, sort: MatchSort, *, after: QueuePlace | None, limit: int
    ) -> list[StoredMatch]:
        """The next ones in this order."""
        name, falls = _ORDERS[sort]
        by = (self._table.c[name], self._table.c.id)
        named = await self._named(wanted.text)
        query = self._wanted(sa.select(self._table), wanted, named).where(by[0].is_not(None))
        if after:
            place = sa.tuple_(sa.literal(after.value, by[0].type), sa.literal(after.id))
            query = query.where(sa.tuple_(*by) < place if falls else sa.tuple_(*by) > place)
        query = query.order_by(*((one.desc() for one in by) if falls else by)).limit(limit)
        return [match_of(row) for row in await self._connection.execute(query)]

    async def counts(self, wanted: MatchFilter) -> dict[MatchState, int]:
        """By state, whatever states the filter names."""
        state = self._table.c.state
        counted = sa.select(state, sa.func.count())
        named = await self._named(wanted.text)
        query = self._wanted(counted, wanted, named, states=False)
        rows = await self._connection.execute(query.group_by(state))
        return {MatchState(row[0]): row[1] for row in rows}

    async def _named(self, text: str | None) -> list[str] | None:
        """Ids of the organisations that a text names; None where there are too many to list.

        There are ten times as many matches as organisations: few names are found sooner here.
        """
        if text is None:
            return None
        columns = self._organisation.c
        names = columns.card.op("->")("names")
        said = sa.func.concat_ws(" ", columns.id, names.op("->>")("zh"), names.op("->>")("en"))
        query = sa.select(columns.id).where(
            sa.func.lower(said).contains(text.lower(), autoescape=True)
        )
        found = list((await self._connection.execute(query.limit(_MOST_NAMED + 1))).scalars())
        return found if len(found) <= _MOST_NAMED else None

    def _wanted(
        self,
        query: sa.Select[Any],
        wanted: MatchFilter,
        named: list[str] | None,
        *,
        states: bool = True,
    ) -> sa.Select[Any]:
        conditions = [*_people(self._table, wanted), *_facts(self._table, wanted)]
        if wanted.text:
            conditions.append(_text(self._table, wanted.text, named))
        if states and wanted.states:
            conditions.append(_in_states(self._table, wanted))
        return query.where(*conditions)


def _in_states(table: sa.Table, wanted: MatchFilter) -> sa.ColumnElement[bool]:
    names = [state.value for state in wanted.states]
    return table.c.state.in_(names) if len(names) > 1 else table.c.state == names[0]


def _people(table: sa.Table, wanted: MatchFilter) -> list[sa.ColumnElement[bool]]:
    columns, found = table.c, []
    for one in filter(None, (wanted.organisation, wanted.member)):
        found.append(sa.or_(columns.first == one, columns.second == one))
    if wanted.member:
        known = columns.asked_at.is_not(None)
        asker = columns.requested_by == wanted.member
        found.append(sa.or_(known, asker, _has_answered(table, wanted.member)))
    if wanted.assignee:
        found.append(columns.assignee == wanted.assignee)
    if wanted.unassigned:
        found.append(columns.assignee.is_(None))
    if wanted.requested is not None:
        asked = columns.requested_by
        found.append(asked.is_not(None) if wanted.requested else asked.is_(None))
    return found


def _has_answered(table: sa.Table, organisation: str) -> sa.ColumnElement[bool]:
    """Before being asked, that is: it has asked for the match itself."""
    columns = table.c
    return sa.or_(
        *(
            sa.and_(columns[side] == organisation, columns.said[side]["answer"].is_not(None))
            for side in ("first", "second")
        )
    )


def _facts(table: sa.Table, wanted: MatchFilter) -> list[sa.ColumnElement[bool]]:
    columns, found = table.c, []
    if wanted.origin:
        found.append(columns.origin == wanted.origin.value)
    if wanted.run:
        found.append(columns.run == wanted.run)
    if wanted.kind:
        found.append(columns.kinds.contains([wanted.kind]))
    if wanted.province:
        found.append(columns.provinces.contains([wanted.province]))
    if wanted.fields:
        found.append(columns.fields.overlap(sa.cast(list(wanted.fields), ARRAY(sa.Text))))
    if wanted.minimum_score > 0:
        found.append(columns.score >= wanted.minimum_score)
    if wanted.updated_since:
        found.append(columns.updated_at >= wanted.updated_since)
    return found


def _text(table: sa.Table, text: str, named: list[str] | None) -> sa.ColumnElement[bool]:
    columns = table.c
    if named is None:
        return columns.search.contains(text.lower(), autoescape=True)
    ids = sa.cast(named, ARRAY(sa.Text))
    return sa.or_(columns.first == sa.any_(ids), columns.second == sa.any_(ids))
