"""Policy flags in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.profiles.domain.flags import Flag
from services.profiles.schema import organisations
from services.profiles.screening.flag_rows import CHANGING, flag_of, row_of
from services.profiles.screening.schema import policy_flags
from shared.contracts.organisation import Names
from shared.contracts.screening import FlagState, FoundBy, Severity

_c = policy_flags.c


@dataclass(frozen=True)
class FlagFilter:
    """All given conditions hold; without a state, those that are gone are left out."""

    organisation: str | None = None
    rule: str | None = None
    severity: Severity | None = None
    state: FlagState | None = None
    found_by: FoundBy | None = None


@dataclass(frozen=True)
class NumberedFlag:
    """A flag and its place in the list."""

    number: int
    flag: Flag


class FlagStore:
    """Reads and writes within the caller's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_organisations(self, ids: Sequence[str]) -> None:
        """Before flags are read to be changed: everybody locks in this order."""
        query = sa.select(organisations.c.id).where(_among(organisations.c.id, ids))
        await self._connection.execute(query.order_by(organisations.c.id).with_for_update())

    async def of(self, ids: Sequence[str]) -> dict[str, list[Flag]]:
        """All flags of these organisations, gone ones too; without entries where there are none."""
        found: dict[str, list[Flag]] = {}
        query = policy_flags.select().where(_among(_c.organisation_id, ids)).order_by(_c.number)
        for row in await self._connection.execute(query):
            found.setdefault(row.organisation_id, []).append(flag_of(row))
        return found

    async def find(self, id: str) -> Flag | None:
        """One of them."""
        row = (await self._connection.execute(policy_flags.select().where(_c.id == id))).first()
        return flag_of(row) if row else None

    async def names(self, ids: Sequence[str]) -> dict[str, Names]:
        """Of organisations, without reading their profiles; erased ones have none."""
        columns = organisations.c
        query = sa.select(columns.id, columns.name_zh, columns.name_en).where(
            _among(columns.id, ids),
            sa.or_(columns.name_zh.is_not(None), columns.name_en.is_not(None)),
        )
        rows = await self._connection.execute(query)
        return {row.id: Names(zh=row.name_zh, en=row.name_en) for row in rows}

    async def write(self, flags: Sequence[Flag]) -> None:
        """New ones, and next versions of those that are there."""
        if not flags:
            return
        statement = insert(policy_flags)
        changed = {name: statement.excluded[name] for name in CHANGING}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=changed),
            [row_of(flag) for flag in flags],
        )

    async def page(
        self, wanted: FlagFilter, *, before: int | None, limit: int
    ) -> list[NumberedFlag]:
        """Newest first."""
        query = policy_flags.select().where(*_conditions(wanted)).order_by(_c.number.desc())
        if before is not None:
            query = query.where(_c.number < before)
        rows = await self._connection.execute(query.limit(limit))
        return [NumberedFlag(row.number, flag_of(row)) for row in rows]


def _conditions(wanted: FlagFilter) -> list[sa.ColumnElement[bool]]:
    given: list[tuple[sa.Column[Any], str | None]] = [
        (_c.organisation_id, wanted.organisation),
        (_c.rule, wanted.rule),
        (_c.severity, wanted.severity),
        (_c.state, wanted.state),
        (_c.found_by, wanted.found_by),
    ]
    conditions = [column == str(value) for column, value in given if value is not None]
    return conditions if wanted.state else [*conditions, _c.state != FlagState.GONE.value]


def _among(column: sa.Column[Any], values: Sequence[str]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.cast(list(values), ARRAY(sa.Text)))
