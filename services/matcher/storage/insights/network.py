"""Edges between organisations: matches, and collaborations that profiles state."""

from typing import Any

import sqlalchemy as sa

from services.matcher.insight_store import EdgeFilter
from services.matcher.storage.insights.tables import InsightTables
from shared.contracts.matches import MatchState

STATED = "stated"
_FURTHEST = (
    MatchState.COLLABORATING,
    MatchState.CLOSED,
    MatchState.INTRODUCED,
    MatchState.ASKED,
    MatchState.APPROVED,
    MatchState.IN_REVIEW,
    MatchState.ON_HOLD,
    MatchState.SUGGESTED,
)
_SHOWN = [one.value for one in _FURTHEST]


def all_edges(
    match: sa.Table, tables: InsightTables, organisation: sa.Table, wanted: EdgeFilter
) -> sa.Subquery:
    """first, second, state, strength, place; under the filter."""
    parts: list[sa.Select[Any]] = []
    if wanted.state != STATED:
        parts.append(_matches(match, wanted))
    if wanted.state in (None, STATED):
        parts.append(_stated(tables, organisation, wanted.kind))
    return sa.union_all(*parts).subquery("edges")


def strongest(edges: sa.Subquery, limit: int) -> sa.Select[Any]:
    """Furthest along first."""
    columns = edges.c
    return (
        sa.select(columns.first, columns.second, columns.state, columns.strength)
        .order_by(columns.place, columns.strength.desc(), columns.first, columns.second)
        .limit(limit)
    )


def _matches(match: sa.Table, wanted: EdgeFilter) -> sa.Select[Any]:
    place = sa.case(
        *((match.c.state == one, number) for number, one in enumerate(_SHOWN)), else_=len(_SHOWN)
    )
    query = sa.select(
        match.c.first,
        match.c.second,
        match.c.state,
        sa.func.greatest(match.c.score, 0.0).label("strength"),
        place.label("place"),
    )
    if wanted.kind is not None:
        query = query.where(sa.literal(wanted.kind) == sa.any_(match.c.kinds))
    if wanted.state is not None:
        return query.where(match.c.state == wanted.state)
    return query.where(match.c.state.in_(_SHOWN))


def _stated(tables: InsightTables, organisation: sa.Table, kind: str | None) -> sa.Select[Any]:
    """A pair that both state counts with the larger number; its share of the most."""
    columns = tables.collaboration.c
    most = sa.select(sa.func.max(columns.count)).scalar_subquery()
    projects = sa.func.max(columns.count)
    query = sa.select(
        columns.first,
        columns.second,
        sa.literal(STATED).label("state"),
        (sa.cast(projects, sa.Float) / most).label("strength"),
        sa.literal(1).label("place"),
    ).group_by(columns.first, columns.second)
    if kind is None:
        return query
    alike = sa.select(organisation.c.id).where(organisation.c.card["kind"].astext == kind)
    return query.where(sa.or_(columns.first.in_(alike), columns.second.in_(alike)))
