"""Keeping the narrow tables up to date."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.domain.insights.stated import BestAnswer, OpenQuestion, StatedRow
from services.matcher.storage.insights.tables import InsightTables


def stale_organisations(
    tables: InsightTables, organisation: sa.Table, limit: int
) -> sa.Select[str]:
    """Those whose version is not what was counted last."""
    counted = tables.organisation
    return (
        sa.select(organisation.c.id)
        .outerjoin(counted, counted.c.id == organisation.c.id)
        .where(counted.c.version.is_distinct_from(organisation.c.version))
        .order_by(organisation.c.id)
        .limit(limit)
    )


async def count_in(
    connection: AsyncConnection,
    tables: InsightTables,
    versions: Mapping[str, int],
    rows: Sequence[StatedRow],
    collaborations: Mapping[tuple[str, str], int],
) -> None:
    """Replace what was counted of these organisations."""
    ids = sa.cast(list(versions), ARRAY(sa.Text))
    statement, joint, counted = tables.statement, tables.collaboration, tables.organisation
    await connection.execute(statement.delete().where(statement.c.organisation == sa.any_(ids)))
    await connection.execute(joint.delete().where(joint.c.stated_by == sa.any_(ids)))
    await connection.execute(counted.delete().where(counted.c.id == sa.any_(ids)))
    stamps = [{"id": id, "version": version} for id, version in versions.items()]
    # Another process may count the same: either is right.
    await connection.execute(insert(counted).on_conflict_do_nothing(), stamps)
    if rows:
        await connection.execute(
            insert(statement).on_conflict_do_nothing(), [_row(o) for o in rows]
        )
    if collaborations:
        pairs = [_pair(by, other, count) for (by, other), count in collaborations.items()]
        await connection.execute(insert(joint).on_conflict_do_nothing(), pairs)


async def open_questions(
    connection: AsyncConnection, tables: InsightTables, before: datetime, limit: int
) -> list[OpenQuestion]:
    """Needs that were never looked at, then those not since `before`."""
    columns = tables.statement.c
    query = (
        sa.select(columns.organisation, columns.statement)
        .where(columns.side == "need", sa.or_(columns.seen_at.is_(None), columns.seen_at < before))
        .order_by(columns.seen_at.asc().nulls_first())
        .limit(limit)
    )
    return [OpenQuestion(*row) for row in await connection.execute(query)]


async def keep_answers(
    connection: AsyncConnection, tables: InsightTables, answers: Sequence[BestAnswer]
) -> None:
    """Of needs that are still stated."""
    columns = tables.statement.c
    changed = (
        tables.statement.update()
        .where(
            columns.organisation == sa.bindparam("owner"),
            columns.side == "need",
            columns.statement == sa.bindparam("need"),
        )
        .values(best=sa.bindparam("score"), seen_at=sa.bindparam("looked"))
    )
    if answers:
        await connection.execute(changed, [_answer(one) for one in answers])


def _row(one: StatedRow) -> dict[str, Any]:
    return vars(one) | {"fields": list(one.fields), "tops": list(one.tops)}


def _pair(by: str, other: str, count: int) -> dict[str, Any]:
    first, second = sorted((by, other))
    return {"first": first, "second": second, "stated_by": by, "count": count}


def _answer(one: BestAnswer) -> dict[str, Any]:
    return {
        "owner": one.question.organisation,
        "need": one.question.need,
        "score": one.best,
        "looked": one.seen_at,
    }
