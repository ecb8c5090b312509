"""Which organisations are still to be screened by patterns, and to be compared with prototypes."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.screening.schema import screenings
from shared.contracts.screening import RescanStatus

_c = screenings.c


class ProgressStore:
    """Reads and writes within the caller's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def screened(self, ids: Sequence[str], version: str, compare_at: datetime) -> None:
        """By patterns, now; they are to be compared from a moment on."""
        rows = [
            {"organisation_id": id, "rules_version": version, "compare_at": compare_at}
            for id in sorted(ids)
        ]
        if not rows:
            return
        statement = insert(screenings)
        changed = {name: statement.excluded[name] for name in ("rules_version", "compare_at")}
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["organisation_id"], set_={**changed, "attempts": 0}
            ),
            rows,
        )

    async def outdated(self, version: str, limit: int) -> list[str]:
        """Ids of some that these rules have not been applied to."""
        query = sa.select(_c.organisation_id).where(_c.rules_version != version)
        rows = await self._connection.execute(query.order_by(_c.organisation_id).limit(limit))
        return list(rows.scalars())

    async def still_outdated(self, ids: Sequence[str], version: str) -> list[str]:
        """Those of them that nobody else has screened meanwhile."""
        query = sa.select(_c.organisation_id).where(_among(ids), _c.rules_version != version)
        return list((await self._connection.execute(query)).scalars())

    async def passed(self, ids: Sequence[str], version: str) -> None:
        """Nothing of them is to be screened by these rules any more."""
        await self._connection.execute(
            screenings.update().where(_among(ids)).values(rules_version=version)
        )

    async def to_compare(self, now: datetime, limit: int) -> list[str]:
        """Ids of those whose moment has come, the longest waiting first."""
        query = sa.select(_c.organisation_id).where(_c.compare_at <= now)
        rows = await self._connection.execute(query.order_by(_c.compare_at).limit(limit))
        return list(rows.scalars())

    async def compared(self, ids: Sequence[str]) -> None:
        """They need not be compared until they change."""
        await self._connection.execute(
            screenings.update().where(_among(ids)).values(compare_at=None, attempts=0)
        )

    async def postpone(self, ids: Sequence[str], until: datetime) -> None:
        """The matcher could not be asked."""
        await self._connection.execute(
            screenings.update()
            .where(_among(ids))
            .values(compare_at=until, attempts=_c.attempts + 1)
        )

    async def attempts(self, ids: Sequence[str]) -> int:
        """The most that any of them has had."""
        query = sa.select(sa.func.coalesce(sa.func.max(_c.attempts), 0)).where(_among(ids))
        return int((await self._connection.execute(query)).scalar_one())

    async def begin_again(self) -> None:
        """Everything is to be screened."""
        await self._connection.execute(screenings.update().values(rules_version=""))

    async def forget(self, id: str) -> None:
        """An erased organisation."""
        await self._connection.execute(screenings.delete().where(_c.organisation_id == id))

    async def status(self, version: str) -> RescanStatus:
        """How many there are, and how many wait."""
        query = sa.select(
            sa.func.count(),
            sa.func.count().filter(_c.rules_version != version),
            sa.func.count(_c.compare_at),
        )
        total, waiting, comparing = (await self._connection.execute(query)).one()
        return RescanStatus(
            rules_version=version, organisations=total, waiting=waiting, comparing=comparing
        )


def _among(ids: Sequence[str]) -> sa.ColumnElement[bool]:
    return _c.organisation_id == sa.any_(sa.cast(list(ids), ARRAY(sa.Text)))
