"""Learning runs, and which of them answers."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.learning.stored import HAND_SET_RUN, NewRun, StoredRun
from services.matcher.storage.learning_tables import LearningTables
from shared.contracts.learning import LearningReport

_LOCK = 0x4C52


class LearningRuns:
    """Reads and writes within the caller's transaction; append only."""

    def __init__(self, tables: LearningTables, connection: AsyncConnection) -> None:
        self._table = tables.run
        self._activation = tables.activation
        self._connection = connection

    async def claim(self) -> bool:
        """Whether nobody else has claimed it; until the transaction ends."""
        query = sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))
        return bool((await self._connection.execute(query)).scalar_one())

    async def add(self, run: NewRun) -> StoredRun:
        """Keep it."""
        values = {**vars(run), "report": run.report.model_dump(mode="json")}
        statement = self._table.insert().values(values).returning(*self._table.c)
        return _run((await self._connection.execute(statement)).one())

    async def get(self, id: int) -> StoredRun | None:
        """One of them."""
        query = sa.select(self._table).where(self._table.c.id == id)
        row = (await self._connection.execute(query)).first()
        return _run(row) if row else None

    async def page(self, *, before: int | None, limit: int) -> list[StoredRun]:
        """The next ones, older than id `before`."""
        columns = self._table.c
        query = sa.select(self._table).order_by(columns.id.desc()).limit(limit)
        if before is not None:
            query = query.where(columns.id < before)
        return [_run(row) for row in await self._connection.execute(query)]

    async def activate(self, run: int, by: str) -> None:
        """From now on this one's ranking answers; 0 is the hand-set one."""
        await self._connection.execute(self._activation.insert().values(run=run, activated_by=by))

    async def live(self) -> int:
        """The run whose ranking answers; 0 is the hand-set one."""
        columns = self._activation.c
        query = sa.select(columns.run).order_by(columns.id.desc()).limit(1)
        found: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found or HAND_SET_RUN

    async def before(self, run: int) -> int:
        """The one that answered before this one did for the first time."""
        columns = self._activation.c
        first = sa.select(sa.func.min(columns.id)).where(columns.run == run).scalar_subquery()
        query = sa.select(columns.run).where(columns.id < first).order_by(columns.id.desc())
        found = (await self._connection.execute(query.limit(1))).scalar_one_or_none()
        return int(found) if found else HAND_SET_RUN


def _run(row: Any) -> StoredRun:
    return StoredRun(
        row.id,
        row.created_at,
        NewRun(
            started_by=row.started_by,
            model=row.model,
            statistics_version=row.statistics_version,
            edition=row.edition,
            accepted=row.accepted,
            ranking=row.ranking,
            report=LearningReport.model_validate(row.report),
        ),
    )
