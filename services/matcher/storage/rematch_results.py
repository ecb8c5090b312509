"""Runs, the lists that stand, and what changed from one run to the next."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.rematch.stored import Covered, EarlierRun, StandingPlace
from services.matcher.storage.rematch_tables import RematchTables
from shared.contracts.rematch import (
    CauseCount,
    ChangeCause,
    PairChange,
    RematchChange,
    RematchFigures,
    RunVersions,
)

_AT_ONCE = 5000
_TEXTS = ARRAY(sa.Text)


class RematchResults:
    """Reads and writes within the caller's transaction."""

    def __init__(self, tables: RematchTables, connection: AsyncConnection) -> None:
        self._tables = tables
        self._connection = connection

    async def add_run(
        self,
        job: str,
        *,
        dry_run: bool,
        versions: RunVersions,
        figures: RematchFigures,
        digest: str,
    ) -> int:
        """The new run's id."""
        statement = self._tables.run.insert().values(
            job=job,
            dry_run=dry_run,
            versions=versions.model_dump(mode="json"),
            figures=figures.model_dump(mode="json"),
            digest=digest,
        )
        added = await self._connection.execute(statement.returning(self._tables.run.c.id))
        return int(added.scalar_one())

    async def digest_of(self, job: str) -> str | None:
        """The digest of a job's result."""
        run = self._tables.run.c
        found: str | None = (
            await self._connection.execute(sa.select(run.digest).where(run.job == job))
        ).scalar_one_or_none()
        return found

    async def standing(self) -> list[StandingPlace]:
        """All standing lists, in order."""
        place = self._tables.place.c
        columns = (place.organisation, place.partner, place.rank, place.score)
        query = sa.select(*columns).order_by(place.organisation, place.rank, place.partner)
        return [StandingPlace(*row) for row in await self._connection.execute(query)]

    async def covered(self) -> dict[str, Covered]:
        """By organisation."""
        covered = self._tables.covered.c
        rows = await self._connection.execute(
            sa.select(covered.organisation, covered.run, covered.version)
        )
        return {row.organisation: Covered(row.run, row.version) for row in rows}

    async def earlier(self, runs: Sequence[int]) -> dict[int, EarlierRun]:
        """What these runs rested on."""
        run, job = self._tables.run.c, self._tables.job.c
        query = (
            sa.select(run.id, run.versions, job.options, job.computation)
            .join(self._tables.job, job.id == run.job)
            .where(run.id.in_(runs))
        )
        return {row.id: _earlier(row) for row in await self._connection.execute(query)}

    async def replace(
        self,
        run: int,
        versions: dict[str, int],
        places: Sequence[StandingPlace],
        gone: Sequence[str],
    ) -> None:
        """Make these the standing lists of the organisations with a version; `gone` have none."""
        place, covered = self._tables.place, self._tables.covered
        ids = [*versions, *gone]
        for table in (place, covered):
            among = table.c.organisation == sa.any_(sa.cast(ids, _TEXTS))
            await self._connection.execute(table.delete().where(among))
        await self._insert(place, [{**vars(one), "run": run} for one in places])
        await self._insert(
            covered,
            [
                {"organisation": id, "version": version, "run": run}
                for id, version in versions.items()
            ],
        )

    async def add_changes(self, run: int, changes: Sequence[RematchChange]) -> None:
        """In the order in which they are shown."""
        await self._insert(
            self._tables.change, [_change_row(run, at, one) for at, one in enumerate(changes)]
        )

    async def changes(
        self,
        job: str,
        *,
        change: PairChange | None,
        cause: ChangeCause | None,
        organisation: str | None,
        after: int | None,
        limit: int,
    ) -> list[tuple[int, RematchChange]]:
        """The next ones, with their places."""
        columns = self._tables.change.c
        query = self._of(job).order_by(columns.place).limit(limit)
        if change is not None:
            query = query.where(columns.change == change.value)
        if cause is not None:
            query = query.where(columns.cause == cause.value)
        if organisation is not None:
            query = query.where(
                sa.or_(columns.first == organisation, columns.second == organisation)
            )
        if after is not None:
            query = query.where(columns.place > after)
        return [(row.place, _change(row)) for row in await self._connection.execute(query)]

    async def counts(self, job: str) -> list[CauseCount]:
        """Changes of each sort."""
        columns, run = self._tables.change.c, self._tables.run
        query = (
            sa.select(columns.change, columns.cause, sa.func.count().label("count"))
            .join(run, run.c.id == columns.run)
            .where(run.c.job == job)
            .group_by(columns.change, columns.cause)
            .order_by(columns.change, columns.cause)
        )
        return [
            CauseCount(change=row[0], cause=row[1], count=row[2])
            for row in await self._connection.execute(query)
        ]

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these: they were erased."""
        ids = sa.cast(list(organisations), _TEXTS)
        for table, names in (
            (self._tables.place, ("organisation", "partner")),
            (self._tables.covered, ("organisation",)),
            (self._tables.change, ("first", "second")),
            (self._tables.kept, ("organisation",)),
        ):
            named = sa.or_(*(table.c[name] == sa.any_(ids) for name in names))
            await self._connection.execute(table.delete().where(named))

    def _of(self, job: str) -> sa.Select[Any]:
        run = self._tables.run
        return (
            sa.select(self._tables.change)
            .join(run, run.c.id == self._tables.change.c.run)
            .where(run.c.job == job)
        )

    async def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _AT_ONCE):
            await self._connection.execute(insert(table), rows[start : start + _AT_ONCE])


def _earlier(row: Any) -> EarlierRun:
    versions = RunVersions.model_validate(row.versions)
    return EarlierRun(
        (versions.model, versions.statistics_version),
        versions.ranking,
        {**row.options, "computation": row.computation},
    )


_NO_RANK = 0


def _change_row(run: int, place: int, change: RematchChange) -> dict[str, Any]:
    first, second = change.organisations
    return {
        "run": run,
        "place": place,
        "first": first,
        "second": second,
        "change": change.change.value,
        "cause": change.cause.value,
        "score": change.score,
        "score_before": change.score_before,
        "ranks": [rank or _NO_RANK for rank in change.ranks],
        "ranks_before": [rank or _NO_RANK for rank in change.ranks_before],
    }


def _change(row: Any) -> RematchChange:
    return RematchChange(
        organisations=(row.first, row.second),
        change=row.change,
        cause=row.cause,
        score=row.score,
        score_before=row.score_before,
        ranks=(row.ranks[0] or None, row.ranks[1] or None),
        ranks_before=(row.ranks_before[0] or None, row.ranks_before[1] or None),
    )
