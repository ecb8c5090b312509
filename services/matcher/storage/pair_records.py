"""What was said about pairs, and places that chance has filled."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.learning.off_line import ShownPlace
from services.matcher.domain.learning.stored import ExploredPlace, NewRecord, RecordFilter
from services.matcher.storage.learning_tables import LearningTables
from shared.contracts.decisions import PairRecord, RecordKind, SuggestionSnapshot, Verdict

_LOCK = 0x5052
_KEPT = timedelta(days=180)
"""So long it is known what was shown."""


class PairRecords:
    """Reads and writes within the caller's transaction; append only, but for erasure
    and undoing."""

    def __init__(self, tables: LearningTables, connection: AsyncConnection) -> None:
        self._table = tables.record
        self._shown = tables.shown
        self._connection = connection

    async def claim(self, name: str) -> None:
        """Whoever else writes under this name waits until the transaction ends."""
        key = sa.func.hashtext(name)
        await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, key)))

    async def by_request(self, said_by: str, request_key: str) -> PairRecord | None:
        """What came with this key before."""
        columns = self._table.c
        return await self._first(
            self._records().where(columns.said_by == said_by, columns.request_key == request_key)
        )

    async def last(self, slot: str) -> PairRecord | None:
        """What counts now."""
        columns = self._table.c
        return await self._first(
            self._records().where(columns.slot == slot).order_by(columns.id.desc()).limit(1)
        )

    async def add(self, record: NewRecord) -> PairRecord:
        """Keep it; it takes the place of the slot's earlier ones."""
        snapshot = record.snapshot.model_dump(mode="json") if record.snapshot else None
        values = {
            "slot": record.slot,
            "kind": record.kind.value,
            "organisation": record.organisation,
            "partner": record.partner,
            "verdict": record.verdict.value,
            "reasons": [one.value for one in record.reasons],
            "text": record.text,
            "said_by": record.said_by,
            "request_key": record.request_key,
            "snapshot": snapshot,
        }
        statement = self._table.insert().values(values).returning(*self._table.c)
        row = (await self._connection.execute(statement)).one()
        return _record(row, superseded=False)

    async def retract(self, id: int) -> None:
        """It was undone before anybody was told; what it took the place of counts again."""
        await self._connection.execute(self._table.delete().where(self._table.c.id == id))

    async def page(
        self, wanted: RecordFilter, *, before: int | None, limit: int
    ) -> list[PairRecord]:
        """The next ones, older than id `before`."""
        columns = self._table.c
        query = self._records().order_by(columns.id.desc()).limit(limit)
        for condition in _conditions(self._table, wanted):
            query = query.where(condition)
        if before is not None:
            query = query.where(columns.id < before)
        rows = await self._connection.execute(query)
        return [_record(row, superseded=row.superseded) for row in rows]

    async def standing(self) -> list[PairRecord]:
        """All that is not superseded and has a snapshot, oldest first."""
        columns = self._table.c
        query = self._records().where(columns.snapshot.is_not(None)).order_by(columns.id)
        rows = await self._connection.execute(query)
        return [_record(row, superseded=False) for row in rows if not row.superseded]

    async def count(self) -> int:
        """All records."""
        query = sa.select(sa.func.count()).select_from(self._table)
        return int((await self._connection.execute(query)).scalar_one())

    async def note_shown(self, places: Sequence[ExploredPlace]) -> None:
        """Once a day each; what the organisation was shown long ago is forgotten."""
        if not places:
            return
        columns, rows = self._shown.c, [vars(one) for one in places]
        await self._connection.execute(insert(self._shown).on_conflict_do_nothing(), rows)
        before = max(one.day for one in places) - _KEPT
        await self._connection.execute(
            self._shown.delete().where(
                columns.organisation.in_({one.organisation for one in places}), columns.day < before
            )
        )

    async def window_places(self, version: str, since: date, *, limit: int) -> list[ShownPlace]:
        """What this ranking has answered with since that day, the newest first."""
        columns = self._shown.c
        query = sa.select(self._shown).where(
            columns.day >= since, columns.ranking_version == version, columns.chance > 0
        )
        order = (columns.day.desc(), columns.organisation, columns.partner)
        rows = await self._connection.execute(query.order_by(*order).limit(limit))
        return [
            ShownPlace(
                organisation=row.organisation,
                partner=row.partner,
                day=row.day,
                chance=row.chance,
                by_live=not row.explored,
                by_hand_set=bool(row.by_hand_set),
            )
            for row in rows
        ]

    async def interested(self, since: date) -> dict[tuple[str, str], date]:
        """When organisations have said that they are interested in others, since that day."""
        found, columns = self._records().subquery(), self._table.c
        query = sa.select(found.c.organisation, found.c.partner, found.c.said_at).where(
            sa.not_(found.c.superseded),
            found.c.kind == RecordKind.RESPONSE.value,
            found.c.verdict == Verdict.INTERESTED.value,
            found.c.said_at >= sa.cast(since, columns.said_at.type),
        )
        rows = await self._connection.execute(query)
        return {(row.organisation, row.partner): row.said_at.date() for row in rows}

    async def shown(self, organisation: str, partner: str, since: date) -> ExploredPlace | None:
        """Where chance last put the partner in this list."""
        columns = self._shown.c
        query = (
            sa.select(self._shown)
            .where(
                columns.organisation == organisation,
                columns.partner == partner,
                columns.day >= since,
                columns.explored,
            )
            .order_by(columns.day.desc())
        )
        row = (await self._connection.execute(query.limit(1))).first()
        return ExploredPlace(**row._mapping) if row else None

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these, on either side: they were erased."""
        if not organisations:
            return
        ids = sa.cast(list(organisations), ARRAY(sa.Text))
        for table in (self._table, self._shown):
            either = sa.or_(table.c.organisation == sa.any_(ids), table.c.partner == sa.any_(ids))
            await self._connection.execute(table.delete().where(either))

    def _records(self) -> sa.Select[Any]:
        later = self._table.alias("later")
        own = self._table.c
        newer = sa.exists().where(later.c.slot == own.slot, later.c.id > own.id)
        return sa.select(self._table, newer.label("superseded"))

    async def _first(self, query: sa.Select[Any]) -> PairRecord | None:
        row = (await self._connection.execute(query)).first()
        return _record(row, superseded=row.superseded) if row else None


def _conditions(table: sa.Table, wanted: RecordFilter) -> list[sa.ColumnElement[bool]]:
    columns = table.c
    found: list[sa.ColumnElement[bool]] = []
    if wanted.organisation:
        one = wanted.organisation
        found.append(sa.or_(columns.organisation == one, columns.partner == one))
    if wanted.kind:
        found.append(columns.kind == wanted.kind.value)
    if wanted.verdict:
        found.append(columns.verdict == wanted.verdict.value)
    if wanted.reason:
        found.append(columns.reasons.contains([wanted.reason.value]))
    return found


def _record(row: Any, *, superseded: bool) -> PairRecord:
    kept = row.snapshot
    return PairRecord(
        id=row.id,
        kind=row.kind,
        organisation=row.organisation,
        partner=row.partner,
        verdict=row.verdict,
        reasons=tuple(row.reasons),
        text=row.text,
        said_by=row.said_by,
        said_at=row.said_at,
        superseded=superseded,
        snapshot=SuggestionSnapshot.model_validate(kept) if kept else None,
    )
