"""Who stands in how many matches, and how that has changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from shared.contracts.insights import ExposureMoment


def places(match: sa.Table) -> sa.Subquery:
    """Each match gives one place to both sides."""
    month = sa.func.date_trunc("month", match.c.created_at)
    sides = (
        sa.select(side.label("organisation"), month.label("month"))
        for side in (match.c.first, match.c.second)
    )
    return sa.union_all(*sides).subquery("places")


def by_organisation(match: sa.Table) -> sa.Select[Any]:
    """Matches of each."""
    found = places(match)
    count = sa.func.count().label("matches")
    return sa.select(found.c.organisation, count).group_by(found.c.organisation)


def by_month(match: sa.Table, since: datetime, active: int) -> sa.Select[Any]:
    """For each month with new matches: places, organisations with one, and the Gini coefficient.

    As `inequality.gini`, in PostgreSQL: who has none has the lowest ranks.
    """
    found = places(match)
    counted = (
        sa.select(found.c.month, sa.func.count().label("places"))
        .where(found.c.month >= since)
        .group_by(found.c.month, found.c.organisation)
        .subquery("counted")
    )
    column = counted.c
    ranked = sa.select(
        column.month,
        column.places,
        sa.func.row_number().over(partition_by=column.month, order_by=column.places).label("rank"),
        sa.func.count().over(partition_by=column.month).label("there"),
    ).subquery("ranked")
    one = ranked.c
    everybody = sa.func.greatest(one.there, active)
    rank = one.rank + everybody - one.there
    return (
        sa.select(
            one.month,
            sa.func.sum(one.places).label("places"),
            sa.func.max(one.there).label("there"),
            sa.func.max(everybody).label("everybody"),
            sa.func.sum((2 * rank - everybody - 1) * one.places).label("spread"),
        )
        .group_by(one.month)
        .order_by(one.month)
    )


def last_runs(run: sa.Table, limit: int) -> sa.Select[Any]:
    """With their own figures."""
    return (
        sa.select(run.c.id, run.c.figures, run.c.created_at)
        .where(~run.c.dry_run)
        .order_by(run.c.id.desc())
        .limit(limit)
    )


def month_moment(row: Any) -> ExposureMoment:
    """Over all organisations that are active now."""
    evenness = float(row.spread) / (float(row.everybody) * float(row.places))
    return ExposureMoment(
        kind="month",
        name=f"{row.month:%Y-%m}",
        at=row.month,
        matches=int(row.places) // 2,
        gini=min(1.0, max(0.0, evenness)),
        covered=row.there / row.everybody,
    )


def run_moment(row: Any) -> ExposureMoment:
    """As the run has measured itself."""
    figures = row.figures
    return ExposureMoment(
        kind="run",
        name=str(row.id),
        at=row.created_at,
        matches=figures["pairs"],
        gini=figures["gini"],
        covered=figures["coverage"],
    )
