"""Needs and capabilities by field and region."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from services.matcher.storage.insights.tables import InsightTables


def counts_by_field(
    tables: InsightTables, met: float, children: Sequence[str] | None
) -> sa.Select[Any]:
    """By field at the top; by these fields where they are given."""
    columns = tables.statement.c
    fields = columns.tops if children is None else columns.fields
    each = sa.select(
        sa.func.unnest(fields).label("field"), columns.region, columns.side, columns.best
    ).subquery("each")
    is_need = each.c.side == "need"
    query = sa.select(
        each.c.field,
        each.c.region,
        _count(is_need).label("needs"),
        _count(each.c.side == "capability").label("capabilities"),
        _count(is_need, each.c.best.is_not(None)).label("looked_at"),
        _count(is_need, each.c.best < met).label("unanswered"),
    ).group_by(each.c.field, each.c.region)
    if children is not None:
        query = query.where(each.c.field == sa.any_(sa.cast(list(children), ARRAY(sa.Text))))
    return query


def how_far(tables: InsightTables) -> sa.Select[Any]:
    """Needs, and those whose best answer is known."""
    columns = tables.statement.c
    both: Any = (sa.func.count(), sa.func.count(columns.best))
    return sa.select(*both).where(columns.side == "need")


def unanswered_needs(tables: InsightTables, met: float, limit: int) -> sa.Select[Any]:
    """Must-haves first, then the furthest from an answer."""
    columns = tables.statement.c
    return (
        sa.select(
            columns.organisation,
            columns.statement,
            columns.region,
            columns.fields,
            columns.must_have,
            columns.best,
            columns.seen_at,
        )
        .where(columns.side == "need", columns.best < met)
        .order_by(columns.must_have.desc(), columns.best, columns.organisation, columns.statement)
        .limit(limit)
    )


def _count(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(*conditions)
