"""Suggestions that a side has declined: they stay away until a profile changes or time passes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.declined import DeclinedPair, code_for
from services.matcher.domain.matches.again import LASTING
from services.matcher.domain.pairs import Pair
from services.matcher.domain.restrictions import Codes
from services.matcher.storage.stated import fingerprint
from shared.contracts.decisions import Reason

_TEXTS = ARRAY(sa.Text)
_SAID = ("at", "reasons", "text", "stated", "other_stated")


class DeclinedPairs:
    """Reads and writes within the caller's transaction."""

    def __init__(
        self, table: sa.Table, organisation: sa.Table, connection: AsyncConnection
    ) -> None:
        self._table = table
        self._own, self._other = organisation.alias("own"), organisation.alias("partner")
        self._connection = connection

    async def put(
        self, organisation: str, other: str, reasons: Sequence[Reason], text: str | None
    ) -> None:
        """Now, with what both state now."""
        stated = [
            sa.select(fingerprint(one)).where(one.c.id == id).scalar_subquery()
            for one, id in ((self._own, organisation), (self._other, other))
        ]
        statement = insert(self._table).values(
            organisation=organisation,
            other=other,
            at=sa.func.now(),
            reasons=[one.value for one in reasons],
            text=text,
            stated=stated[0],
            other_stated=stated[1],
        )
        changed = {name: statement.excluded[name] for name in _SAID}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["organisation", "other"], set_=changed)
        )

    async def remove(self, organisation: str, other: str) -> None:
        """Its answer is another one now."""
        columns = self._table.c
        await self._connection.execute(
            self._table.delete().where(columns.organisation == organisation, columns.other == other)
        )

    async def page(
        self, organisation: str, since: datetime, *, after: str | None, limit: int
    ) -> list[DeclinedPair]:
        """What it has declined, in the order of the others' ids."""
        columns = self._table.c
        query = self._told(since).where(columns.organisation == organisation)
        if after is not None:
            query = query.where(columns.other > after)
        rows = await self._connection.execute(query.order_by(columns.other).limit(limit))
        return [_declined(row) for row in rows]

    async def of(self, organisation: str, since: datetime) -> dict[str, Codes]:
        """Those that hold, whichever of the two has declined, by the other's id."""
        columns = self._table.c
        either = sa.or_(columns.organisation == organisation, columns.other == organisation)
        found: dict[str, Codes] = {}
        for row in await self._connection.execute(self._told(since, only=True).where(either)):
            other = row.other if row.organisation == organisation else row.organisation
            code = code_for(organisation, row.organisation)
            found[other] = found.get(other, frozenset()) | {code}
        return found

    async def apart(self, since: datetime) -> dict[Pair, Codes]:
        """All that hold, as the one has it who has declined."""
        found: dict[Pair, Codes] = {}
        for row in await self._connection.execute(self._told(since, only=True)):
            pair = Pair.of(row.organisation, row.other)
            found[pair] = frozenset({code_for(row.organisation, row.organisation)})
        return found

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these, on either side: they were erased."""
        ids, columns = sa.cast(list(organisations), _TEXTS), self._table.c
        either = sa.or_(columns.organisation == sa.any_(ids), columns.other == sa.any_(ids))
        await self._connection.execute(self._table.delete().where(either))

    def _told(self, since: datetime, *, only: bool = False) -> sa.Select[Any]:
        """With whether it holds; `only` those that do."""
        said, own, other = self._table, self._own, self._other
        holds = sa.and_(said.c.at > since, sa.or_(_lasting(said), sa.not_(self._changed())))
        joined = said.outerjoin(own, own.c.id == said.c.organisation).outerjoin(
            other, other.c.id == said.c.other
        )
        query = sa.select(said, holds.label("holds")).select_from(joined)
        return query.where(holds) if only else query

    def _changed(self) -> sa.ColumnElement[bool]:
        """One of the two states something else now; of unknown ones nothing is said."""
        said = self._table.c
        sides = ((said.stated, self._own), (said.other_stated, self._other))
        return sa.or_(*(sa.func.coalesce(then != fingerprint(now), False) for then, now in sides))


def _lasting(said: sa.Table) -> sa.ColumnElement[bool]:
    """For reasons that no new text in a profile changes."""
    lasting = sa.cast(sorted(reason.value for reason in LASTING), _TEXTS)
    return said.c.reasons.op("&&", is_comparison=True)(lasting)


def _declined(row: Any) -> DeclinedPair:
    return DeclinedPair(
        organisation=row.organisation,
        other=row.other,
        at=row.at,
        reasons=tuple(Reason(one) for one in row.reasons),
        text=row.text,
        holds=row.holds,
    )
