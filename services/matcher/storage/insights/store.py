"""Insights in PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from services.matcher.domain.insights.stated import BestAnswer, OpenQuestion, StatedRow
from services.matcher.domain.restrictions import months_before
from services.matcher.insight_store import (
    Card,
    Edge,
    EdgeFilter,
    FieldCount,
    Period,
    UnansweredNeed,
)
from services.matcher.storage.insights import counting, coverage, exposure, network, way
from services.matcher.storage.tables import MatcherTables
from shared.contracts.insights import ExposureMoment, FunnelExit, StepTimes
from shared.contracts.organisation import Kind, Names
from shared.db import Database


class PostgresInsights:
    """Each method is a transaction of its own."""

    def __init__(self, database: Database, tables: MatcherTables) -> None:
        self._database = database
        self._organisation = tables.organisation
        self._match = tables.matches.match
        self._run = tables.rematch.run
        self._own = tables.insights

    async def cards(self, ids: Sequence[str]) -> Mapping[str, Card]:
        """By id; of unknown ones none."""
        columns = self._organisation.c
        wanted = sa.cast(list(ids), ARRAY(sa.Text))
        query = sa.select(columns.id, columns.card).where(columns.id == sa.any_(wanted))
        async with self._database.reading() as connection:
            return {row.id: _card(row.card or {}) for row in await connection.execute(query)}

    async def edges(self, wanted: EdgeFilter, limit: int) -> tuple[list[Edge], int]:
        """The strongest, furthest along first, and how many there are."""
        edges = network.all_edges(self._match, self._own, self._organisation, wanted)
        count = sa.select(sa.func.count()).select_from(edges)
        async with self._database.reading() as connection:
            rows = await connection.execute(network.strongest(edges, limit))
            found = [Edge(*row) for row in rows]
            return found, int((await connection.execute(count)).scalar_one())

    async def counts(self, met: float, children: Sequence[str] | None) -> list[FieldCount]:
        """By field at the top, or by these fields, and region."""
        query = coverage.counts_by_field(self._own, met, children)
        async with self._database.reading() as connection:
            return [FieldCount(**row._mapping) for row in await connection.execute(query)]

    async def looked_at(self) -> tuple[int, int]:
        """Needs, and those whose best answer is known."""
        async with self._database.reading() as connection:
            row = (await connection.execute(coverage.how_far(self._own))).one()
        return int(row[0]), int(row[1])

    async def unanswered(self, met: float, limit: int) -> list[UnansweredNeed]:
        """Must-haves first, then the furthest from an answer."""
        query = coverage.unanswered_needs(self._own, met, limit)
        async with self._database.reading() as connection:
            return [
                UnansweredNeed(
                    organisation=row.organisation,
                    need=row.statement,
                    region=row.region,
                    field=row.fields[0],
                    must_have=row.must_have,
                    best=row.best,
                    seen_at=row.seen_at,
                )
                for row in await connection.execute(query)
            ]

    async def suggested(self) -> dict[str, int]:
        """Matches by organisation."""
        async with self._database.reading() as connection:
            rows = await connection.execute(exposure.by_organisation(self._match))
            return {row.organisation: row.matches for row in rows}

    async def active(self) -> int:
        """Active organisations."""
        query = sa.select(sa.func.count()).where(self._organisation.c.status == "active")
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def moments(self, months: int, runs: int) -> list[ExposureMoment]:
        """The last runs and months, oldest first."""
        today = datetime.now(UTC).date().replace(day=1)
        first = months_before(today, months - 1)
        since = datetime(first.year, first.month, 1, tzinfo=UTC)
        active = await self.active()
        async with self._database.reading() as connection:
            monthly = await connection.execute(exposure.by_month(self._match, since, active))
            found = [exposure.month_moment(row) for row in monthly]
            measured = await connection.execute(exposure.last_runs(self._run, runs))
            found += [exposure.run_moment(row) for row in measured]
        return sorted(found, key=lambda one: (one.at, one.kind))

    async def reached(self, period: Period) -> tuple[dict[str, int], list[FunnelExit]]:
        """Matches by the stage they got to or beyond, and those that left the way."""
        async with self._database.reading() as connection:
            stages = (await connection.execute(way.reached(self._match, period))).one()
            left = await connection.execute(way.exits(self._match, period))
            return dict(stages._mapping), [way.exit_of(row) for row in left]

    async def steps(self, period: Period) -> list[StepTimes]:
        """How long the steps took."""
        async with self._database.reading() as connection:
            row = (await connection.execute(way.step_times(self._match, period))).one()
        return [way.steps_of(row, name) for name in way.STEPS]

    async def stale(self, limit: int) -> list[str]:
        """Organisations whose version is not what was counted last."""
        query = counting.stale_organisations(self._own, self._organisation, limit)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def count_in(
        self,
        versions: Mapping[str, int],
        rows: Sequence[StatedRow],
        collaborations: Mapping[tuple[str, str], int],
    ) -> None:
        """Replace what was counted of these organisations."""
        async with self._database.transaction() as connection:
            await counting.count_in(connection, self._own, versions, rows, collaborations)

    async def open_questions(self, before: datetime, limit: int) -> list[OpenQuestion]:
        """Needs that were never looked at, then those not since `before`."""
        async with self._database.reading() as connection:
            return await counting.open_questions(connection, self._own, before, limit)

    async def answered(self, answers: Sequence[BestAnswer]) -> None:
        """Keep what was found."""
        async with self._database.transaction() as connection:
            await counting.keep_answers(connection, self._own, answers)


def _card(card: Mapping[str, object]) -> Card:
    names, kind, province = card.get("names"), card.get("kind"), card.get("province")
    return Card(
        names=Names.model_validate(names) if names else None,
        kind=Kind(str(kind)) if kind else None,
        province=str(province) if province else None,
    )
