"""Who stands in how many matches, and how that has changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.matcher.domain.insights.inequality import gini
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


def by_month(match: sa.Table, since: datetime) -> sa.Select[Any]:
    """Matches of each, by the month in which they were new."""
    found = places(match)
    return (
        sa.select(found.c.month, sa.func.count().label("matches"))
        .where(found.c.month >= since)
        .group_by(found.c.month, found.c.organisation)
        .order_by(found.c.month)
    )


def last_runs(run: sa.Table, limit: int) -> sa.Select[Any]:
    """With their own figures."""
    return (
        sa.select(run.c.id, run.c.figures, run.c.created_at)
        .where(~run.c.dry_run)
        .order_by(run.c.id.desc())
        .limit(limit)
    )


def month_moment(month: datetime, counts: list[int], active: int) -> ExposureMoment:
    """Over all organisations that are active now."""
    everybody = max(active, len(counts))
    return ExposureMoment(
        kind="month",
        name=f"{month:%Y-%m}",
        at=month,
        matches=sum(counts) // 2,
        gini=gini(counts, everybody),
        covered=len(counts) / everybody if everybody else 0.0,
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
