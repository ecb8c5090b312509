"""Matches: one row for each unordered pair, changed under its lock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.matches.states import OPEN_STATES
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.matches.suggesting import Evidence
from services.matcher.domain.pairs import Pair
from services.matcher.storage.match_facts import copied_facts
from services.matcher.storage.match_rows import WRITTEN, match_of, row_of
from services.matcher.storage.tables import MatcherTables
from shared.contracts.matches import MatchState

_EVIDENCE: TypeAdapter[Evidence] = TypeAdapter(Evidence)
_TEXTS = ARRAY(sa.Text)
_CAPACITY_LOCK = 0x4341


class Matches:
    """Reads and writes within the caller's transaction.

    Whoever locks more than one thing does it in this order: organisations' rows, capacity,
    matches by their pairs, the audit trail.
    """

    def __init__(self, tables: MatcherTables, connection: AsyncConnection) -> None:
        self._table = tables.matches.match
        self._evidence = tables.matches.evidence
        self._organisation = tables.organisation
        self._connection = connection

    async def get(self, id: str) -> StoredMatch | None:
        """As it is."""
        return await self._first(sa.select(self._table).where(self._table.c.id == id))

    async def lock(self, id: str) -> StoredMatch | None:
        """As it is; nobody else changes it until the transaction ends."""
        query = sa.select(self._table).where(self._table.c.id == id)
        return await self._first(query.with_for_update())

    async def lock_pairs(self, pairs: Sequence[Pair]) -> dict[Pair, StoredMatch]:
        """Those of the pairs that have one, locked in the order of their pairs."""
        if not pairs:
            return {}
        table = self._table
        wanted = (
            sa.func.unnest(
                sa.cast([one.first for one in pairs], _TEXTS),
                sa.cast([one.second for one in pairs], _TEXTS),
            )
            .table_valued("first", "second", name="wanted")
            .render_derived()
        )
        query = (
            sa.select(table)
            .join(wanted, sa.and_(*(table.c[n] == wanted.c[n] for n in ("first", "second"))))
            .order_by(table.c.first, table.c.second)
            .with_for_update(of=table)
        )
        rows = await self._connection.execute(query)
        return {found.pair: found for found in map(match_of, rows)}

    async def lock_of(
        self, organisations: Sequence[str], states: Sequence[MatchState]
    ) -> list[StoredMatch]:
        """All of these organisations' that are in one of the states, locked."""
        columns = self._table.c
        ids = sa.cast(list(organisations), _TEXTS)
        query = (
            sa.select(self._table)
            .where(sa.or_(columns.first == sa.any_(ids), columns.second == sa.any_(ids)))
            .where(columns.state.in_([state.value for state in states]))
            .order_by(columns.first, columns.second)
        )
        rows = await self._connection.execute(query.with_for_update())
        return [match_of(row) for row in rows]

    async def hold_capacity(self, organisations: Sequence[str]) -> None:
        """Nobody else introduces these until the transaction ends."""
        ids = sa.func.unnest(sa.cast(list(organisations), _TEXTS)).column_valued("id")
        keys = sa.select(sa.func.hashtext(ids).label("key")).distinct().order_by("key").subquery()
        held = sa.func.pg_advisory_xact_lock(_CAPACITY_LOCK, keys.c.key)
        await self._connection.execute(sa.select(held).select_from(keys))

    async def add(self, matches: Sequence[StoredMatch]) -> list[StoredMatch]:
        """Those that are new: a pair that has got a match meanwhile is left as it is."""
        if not matches:
            return []
        rows = [row_of(match) for match in matches]
        statement = insert(self._table).on_conflict_do_nothing(constraint="match_pair")
        added = await self._connection.execute(statement.returning(self._table.c.id), rows)
        ids = set(added.scalars())
        await self._connection.execute(
            copied_facts(self._table, self._organisation, matches=sorted(ids))
        )
        return [match for match in matches if match.id in ids]

    async def save(self, matches: Sequence[StoredMatch]) -> None:
        """Locked ones, as they are now."""
        if not matches:
            return
        statement = insert(self._table)
        changed = {name: statement.excluded[name] for name in WRITTEN}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=changed),
            [row_of(match) for match in matches],
        )

    async def refresh_facts(self, organisations: Sequence[str]) -> None:
        """Copy what lists are filtered by from these organisations, as they are now."""
        # Locked in the one order that everybody keeps: an update takes rows as they come.
        ids = [match.id for match in await self.lock_of(organisations, tuple(MatchState))]
        if ids:
            await self._connection.execute(
                copied_facts(self._table, self._organisation, matches=ids)
            )

    async def put_evidence(self, found: Sequence[tuple[str, Evidence]]) -> None:
        """Why they were suggested, by match id; replaces what was there, but for the snapshots of
        organisations that the new one says nothing of."""
        if not found:
            return
        rows = [
            {
                "match": id,
                "evidence": _EVIDENCE.dump_python(one, mode="json", exclude_defaults=True),
            }
            for id, one in found
        ]
        statement = insert(self._evidence)
        new, kept = statement.excluded["evidence"], self._evidence.c.evidence
        changed = {"evidence": new.concat(_snapshots(kept, new))}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["match"], set_=changed), rows
        )

    async def evidence(self, id: str) -> Evidence:
        """Empty where nothing was computed."""
        query = sa.select(self._evidence.c.evidence).where(self._evidence.c.match == id)
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return _EVIDENCE.validate_python(found) if found else Evidence()

    async def forget_evidence(self, ids: Sequence[str]) -> None:
        """Of matches whose organisation was erased."""
        if ids:
            await self._connection.execute(
                self._evidence.delete().where(self._evidence.c.match.in_(list(ids)))
            )

    async def due(self, now: datetime, *, nudge_before: datetime, limit: int) -> list[str]:
        """Ids of what is to be asked, nudged or let expire now."""
        columns = self._table.c
        late = columns.due_at <= now
        silent = sa.and_(columns.state == MatchState.ASKED.value, sa.not_(columns.agreed))
        forgetful = sa.and_(columns.nudged_at.is_(None), columns.asked_at <= nudge_before)
        wanted = sa.or_(
            sa.and_(columns.state == MatchState.APPROVED.value, late),
            sa.and_(silent, sa.or_(late, forgetful)),
        )
        query = sa.select(columns.id).where(wanted).order_by(columns.since, columns.id)
        return list((await self._connection.execute(query.limit(limit))).scalars())

    async def agreed(self, *, after: str, limit: int) -> list[str]:
        """Ids of those that wait for their introduction, in their order."""
        columns = self._table.c
        waiting = sa.and_(columns.state == MatchState.ASKED.value, columns.agreed)
        query = sa.select(columns.id).where(waiting, columns.id > after).order_by(columns.id)
        return list((await self._connection.execute(query.limit(limit))).scalars())

    async def open_requests(self, organisation: str) -> int:
        """How many introductions it has asked for that nobody has decided on."""
        columns = self._table.c
        open_states = [state.value for state in OPEN_STATES]
        query = sa.select(sa.func.count()).where(
            columns.requested_by == organisation, columns.state.in_(open_states)
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def _first(self, query: sa.Select[Any]) -> StoredMatch | None:
        row = (await self._connection.execute(query)).first()
        return match_of(row) if row else None


def _snapshots(kept: Any, new: Any) -> Any:
    """Both documents' snapshots; of one organisation the new one's. Without any, nothing: evidence
    that is not there is told by an empty document."""
    none = sa.cast({}, JSONB)
    name = "snapshots"
    both = sa.func.coalesce(kept[name], none).concat(sa.func.coalesce(new[name], none))
    return sa.case((both == none, none), else_=sa.func.jsonb_build_object(name, both))
