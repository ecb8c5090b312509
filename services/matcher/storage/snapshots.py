"""Organisations as the matcher last took them in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.language_correction import Group
from services.matcher.domain.snapshot import without
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.storage.cards import card_of
from services.matcher.storage.rematch_jobs import ACTIVE
from services.matcher.storage.snapshot_cache import RowStamp, SnapshotCache
from services.matcher.storage.snapshot_json import from_json, to_json
from services.matcher.storage.snapshot_queries import (
    excluding,
    stamps,
    stamps_and_held,
    stamps_and_snapshots,
    state,
)
from services.matcher.storage.tables import MatcherTables
from shared.contracts.organisation import Side, Status


class OrganisationSnapshots:
    """Reads and writes within the caller's transaction."""

    def __init__(
        self,
        tables: MatcherTables,
        connection: AsyncConnection,
        cache: SnapshotCache,
    ) -> None:
        self._table = tables.organisation
        self._hold = tables.constraints.hold
        self._job, self._kept = tables.rematch.job, tables.rematch.kept
        self._connection = connection
        self._cache = cache

    async def lock(self, ids: Sequence[str]) -> dict[str, StoredOrganisation]:
        """Lock the rows of all ids, in id order, until the transaction ends; unknown ones too."""
        table = self._table
        rows = [{"id": id, "version": 0, "status": _UNKNOWN} for id in sorted(set(ids))]
        if not rows:
            return {}
        await self._connection.execute(insert(table).on_conflict_do_nothing(), rows)
        locking = self._stored().order_by(table.c.id).with_for_update()
        found = await self._connection.execute(
            locking.where(table.c.id == sa.any_(sa.cast(list({r["id"] for r in rows}), _TEXTS)))
        )
        return {row.id: _stored(row) for row in found}

    async def save(self, organisations: Sequence[StoredOrganisation]) -> None:
        """Write these rows, known to be locked."""
        table = self._table
        if not organisations:
            return
        await self._keep_for_jobs([one.id for one in organisations])
        statement = insert(table)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_={name: statement.excluded[name] for name in _WRITTEN},
            ),
            [_row(organisation) for organisation in organisations],
        )
        await self._remember({one.id: one.profile for one in organisations if one.profile})

    async def remove(self, ids: Sequence[str]) -> None:
        """Forget rows altogether, the tombstones too: only for what the truth does not know."""
        await self._connection.execute(self._table.delete().where(self._among(ids)))

    async def get(self, id: str) -> StoredOrganisation | None:
        """One organisation in any state; None when it was never taken in."""
        row = (await self._connection.execute(state(self._table), {"one": id})).first()
        if not row or row.status == _UNKNOWN:
            return None
        profile = await self._decoded(_stamp(row)) if row.active else None
        return _stored_as(row, profile)

    async def active(self, ids: Sequence[str]) -> dict[str, MatchedOrganisation]:
        """Those of the ids that are active, without the statements that screening holds."""
        if not ids:
            return {}
        query = stamps_and_held(self._table, self._hold)
        rows = list(await self._connection.execute(query, {"ids": list(ids)}))
        stamps = [_stamp(row) for row in rows]
        known = self._cache.known(stamps)
        unknown = [stamp.id for stamp in stamps if stamp not in known]
        if unknown:
            read = await self._read(unknown)
            self._cache.keep(read)
            known = {**known, **read}
        held = {row.id: row.held or () for row in rows}
        return {one.id: without(one, held[one.id]) for one in known.values()}

    async def at(self, versions: Mapping[str, int]) -> dict[str, MatchedOrganisation]:
        """Active organisations as they were at these versions, with all their statements: as they
        are now, or as they were kept for the rematch jobs at work."""
        columns, kept = self._table.c, self._kept.c
        wanted = (
            sa.func.unnest(
                sa.cast(list(versions), _TEXTS), sa.cast(list(versions.values()), _NUMBERS)
            )
            .table_valued("id", "version", name="wanted")
            .render_derived()
        )
        now = sa.select(columns.id, columns.version, columns.snapshot, columns.updated_at).join(
            wanted, sa.and_(columns.id == wanted.c.id, columns.version == wanted.c.version)
        )
        then = sa.select(kept.organisation, kept.version, kept.snapshot, kept.updated_at).join(
            wanted, sa.and_(kept.organisation == wanted.c.id, kept.version == wanted.c.version)
        )
        rows = await self._connection.execute(
            sa.union_all(now.where(columns.snapshot.is_not(None)), then)
        )
        return {row.id: _profile(row) for row in rows}

    async def page(self, *, after: str | None, limit: int) -> list[StoredOrganisation]:
        """The next organisations in id order, in any state."""
        table = self._table
        query = self._stored().where(table.c.id > (after or ""), table.c.status != _UNKNOWN)
        rows = await self._connection.execute(query.order_by(table.c.id).limit(limit))
        return [_stored(row) for row in rows]

    async def versions(self, ids: Sequence[str]) -> dict[str, int]:
        """The version of each known id, without reading its snapshot."""
        table = self._table
        rows = await self._connection.execute(
            sa.select(table.c.id, table.c.version).where(self._among(ids))
        )
        return {row.id: row.version for row in rows}

    async def excluding(self, id: str) -> frozenset[str]:
        """Organisations that will not work with this one."""
        table = self._table
        rows = await self._connection.execute(excluding(table), {"excluded": [id]})
        return frozenset(rows.scalars())

    async def used_digests(self, digests: Sequence[bytes]) -> frozenset[bytes]:
        """Those of the digests that a stored statement still has."""
        table = self._table
        wanted = sa.func.unnest(sa.cast(list(digests), _BYTES)).column_valued("digest")
        # `@>` with a one-element array, not `= any`: only that uses the index.
        holds = table.c.digests.op("@>")(sa.literal_column("array[digest]"))
        query = sa.select(wanted).where(sa.exists().where(holds))
        return frozenset((await self._connection.execute(query)).scalars())

    async def count_active(self) -> int:
        """Active organisations."""
        query = sa.select(sa.func.count()).where(self._table.c.snapshot.is_not(None))
        return int((await self._connection.execute(query)).scalar_one())

    async def count_groups(self) -> dict[Group, int]:
        """Statements of the active ones by side and language."""
        stated = sa.func.jsonb_array_elements(self._table.c.snapshot["statements"], type_=JSONB)
        each = sa.select(stated.label("one")).where(self._table.c.snapshot.is_not(None)).subquery()
        group = (each.c.one["side"].astext, each.c.one["language"].astext)
        rows = await self._connection.execute(sa.select(*group, sa.func.count()).group_by(*group))
        return {(Side(side), language): count for side, language, count in rows}

    async def _decoded(self, stamp: RowStamp) -> MatchedOrganisation | None:
        """None where it was withdrawn a moment ago."""
        if known := self._cache.known([stamp]):
            return known[stamp]
        read = await self._read([stamp.id])
        self._cache.keep(read)
        return next(iter(read.values()), None)

    async def count_statements(self) -> int:
        """Texts that active organisations state, windows of long ones too."""
        statements = sa.func.cardinality(self._table.c.digests)
        query = sa.select(sa.func.coalesce(sa.func.sum(statements), 0))
        found = await self._connection.execute(query.where(self._table.c.snapshot.is_not(None)))
        return int(found.scalar_one())

    async def _keep_for_jobs(self, ids: Sequence[str]) -> None:
        """Jobs at work go on with what there was when they began. A job begins behind the gate
        that writers pass, so that it sees either this write or none of it."""
        columns = self._table.c
        at_work = sa.exists().where(self._job.c.state.in_(ACTIVE))
        replaced = sa.select(columns.id, columns.version, columns.snapshot, columns.updated_at)
        names = ["organisation", "version", "snapshot", "updated_at"]
        await self._connection.execute(
            insert(self._kept)
            .from_select(
                names, replaced.where(self._among(ids), columns.snapshot.is_not(None), at_work)
            )
            .on_conflict_do_nothing()
        )

    async def _remember(self, profiles: dict[str, MatchedOrganisation]) -> None:
        """As they were written: after an import nothing is to be read and decoded first. Should
        the transaction fail, no row will ever have this state."""
        if profiles:
            ids = {"ids": list(profiles)}
            rows = await self._connection.execute(stamps(self._table), ids)
            self._cache.keep({_stamp(row): profiles[row.id] for row in rows})

    async def _read(self, ids: Sequence[str]) -> dict[RowStamp, MatchedOrganisation]:
        query = stamps_and_snapshots(self._table)
        rows = await self._connection.execute(query, {"ids": list(ids)})
        return {_stamp(row): _profile(row) for row in rows}

    def _stored(self) -> sa.Select[Any]:
        columns = self._table.c
        return sa.select(
            columns.id,
            columns.version,
            columns.status,
            columns.snapshot,
            columns.digests,
            columns.updated_at,
        )

    def _among(self, ids: Sequence[str]) -> sa.ColumnElement[bool]:
        return self._table.c.id == sa.any_(sa.cast(list(ids), _TEXTS))


_UNKNOWN = "unknown"
"""A row that exists only to be locked, before its organisation is known."""
_WRITTEN = (
    *("version", "status", "snapshot", "exclusions", "digests"),
    *("updated_at", "capacity", "card"),
)
_TEXTS = ARRAY(sa.Text)
_NUMBERS = ARRAY(sa.BigInteger)
_BYTES = ARRAY(sa.LargeBinary)


def _profile(row: Any) -> MatchedOrganisation:
    return replace(from_json(row.id, row.version, row.snapshot), updated_at=row.updated_at)


def _stamp(row: Any) -> RowStamp:
    return RowStamp._make(row[:3])


def _stored(row: Any) -> StoredOrganisation:
    return _stored_as(row, _profile(row) if row.snapshot else None)


def _stored_as(row: Any, profile: MatchedOrganisation | None) -> StoredOrganisation:
    return StoredOrganisation(
        id=row.id,
        version=row.version,
        status=None if row.status == _UNKNOWN else Status(row.status),
        profile=profile,
        digests=frozenset(bytes(digest) for digest in row.digests),
    )


def _row(organisation: StoredOrganisation) -> dict[str, Any]:
    profile = organisation.profile
    return {
        "id": organisation.id,
        "version": organisation.version,
        "status": organisation.status.value if organisation.status else _UNKNOWN,
        "snapshot": to_json(profile) if profile else sa.null(),
        "exclusions": sorted(profile.exclusions) if profile else [],
        "digests": sorted(organisation.digests),
        "updated_at": profile.updated_at if profile else None,
        "capacity": profile.capacity if profile else None,
        "card": card_of(profile) if profile else sa.null(),
    }
