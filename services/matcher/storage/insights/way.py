"""How far matches get, and how long the steps take."""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from services.matcher.insight_store import Period
from shared.contracts.insights import FunnelExit, StepTimes
from shared.contracts.matches import MatchState

STAGES = ("suggested", "decided", "asked", "answered", "agreed", "introduced", "collaborating")
STEPS = ("decision", "answers", "introduction", "collaboration")
_DAY = 86400.0
_BEFORE_DECISION = [MatchState.SUGGESTED, MatchState.IN_REVIEW, MatchState.ON_HOLD]


def reached(match: sa.Table, period: Period) -> sa.Select[Any]:
    """Matches by the stage they got to or beyond, in the order of `STAGES`."""
    columns, said = match.c, match.c.said
    introduced = columns.introduced_at.is_not(None)
    worked = sa.or_(
        columns.state == MatchState.COLLABORATING.value,
        said["ended"]["outcome"].astext == "succeeded",
    )
    conditions = (
        sa.true(),
        _decided(match),
        columns.asked_at.is_not(None),
        sa.and_(columns.asked_at.is_not(None), _both_answered(match)),
        sa.or_(columns.agreed, introduced),
        introduced,
        worked,
    )
    counts = [
        sa.func.count().filter(one).label(name)
        for name, one in zip(STAGES, conditions, strict=True)
    ]
    query: sa.Select[Any] = sa.select(*cast(Any, counts))
    return _within(query.select_from(match), match, period)


def exits(match: sa.Table, period: Period) -> sa.Select[Any]:
    """Rejected, withdrawn, and closed by outcome."""
    outcome = sa.func.coalesce(match.c.said["ended"]["outcome"].astext, match.c.state)
    left = [MatchState.REJECTED, MatchState.WITHDRAWN, MatchState.CLOSED]
    query = sa.select(outcome.label("state"), sa.func.count().label("count")).where(
        match.c.state.in_([one.value for one in left])
    )
    grouped = _within(query, match, period).group_by(outcome)
    return grouped.order_by(sa.func.count().desc(), outcome)


def step_times(match: sa.Table, period: Period) -> sa.Select[Any]:
    """One row: for each step its count, quartiles in days, who waits, and the longest wait."""
    columns, said = match.c, match.c.said
    answered = sa.func.greatest(_at(said["first"]), _at(said["second"]))
    worked = sa.case(
        (columns.state == MatchState.COLLABORATING.value, columns.since), else_=sa.null()
    )
    asked = columns.state == MatchState.ASKED.value
    both = sa.case((_both_answered(match), answered), else_=sa.null())
    before = columns.state.in_([one.value for one in _BEFORE_DECISION])
    spans = (
        (columns.created_at, _at(said["decision"]), before),
        (columns.asked_at, both, sa.and_(asked, ~columns.agreed)),
        (answered, columns.introduced_at, sa.and_(asked, columns.agreed)),
        (columns.introduced_at, worked, columns.state == MatchState.INTRODUCED.value),
    )
    figures = [
        figure
        for name, span in zip(STEPS, spans, strict=True)
        for figure in _step(match, name, *span)
    ]
    query: sa.Select[Any] = sa.select(*cast(Any, figures))
    return _within(query.select_from(match), match, period)


def steps_of(row: Any, name: str) -> StepTimes:
    """One step of such a row."""
    found = row._mapping
    lower, median, upper = found[f"{name}_days"] or (None, None, None)
    return StepTimes(
        step=name,
        count=found[f"{name}_count"],
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        waiting=found[f"{name}_waiting"],
        longest_wait=found[f"{name}_longest"],
    )


def exit_of(row: Any) -> FunnelExit:
    """A row of such an answer."""
    return FunnelExit(state=row.state, count=row.count)


def _step(
    match: sa.Table,
    name: str,
    start: sa.ColumnElement[Any],
    end: sa.ColumnElement[Any],
    waits: sa.ColumnElement[bool],
) -> list[sa.ColumnElement[Any]]:
    # GREATEST passes over nulls: a step not taken would count as one of no days.
    took = sa.func.extract("epoch", end - start)
    days = sa.case((took >= 0, took), (took < 0, 0.0), else_=sa.null()) / _DAY
    waited = sa.func.greatest(sa.func.extract("epoch", sa.func.now() - match.c.since), 0) / _DAY
    quartiles = sa.cast([0.25, 0.5, 0.75], ARRAY(sa.Float))
    return [
        sa.func.count(days).label(f"{name}_count"),
        sa.func.percentile_cont(quartiles)
        .within_group(sa.cast(days, sa.Float).asc())
        .label(f"{name}_days"),
        sa.func.count().filter(waits).label(f"{name}_waiting"),
        sa.func.max(waited).filter(waits).label(f"{name}_longest"),
    ]


def _decided(match: sa.Table) -> sa.ColumnElement[bool]:
    """A decision is on record, or what follows one."""
    before = match.c.state.in_([one.value for one in _BEFORE_DECISION])
    spoken = match.c.said["decision"]["decision"].astext.in_(["approve", "reject", "ask"])
    return sa.or_(spoken, sa.and_(~before, match.c.asked_at.is_not(None)))


def _both_answered(match: sa.Table) -> sa.ColumnElement[bool]:
    sides = (match.c.said[side]["answer"].astext for side in ("first", "second"))
    return sa.and_(*(sa.func.coalesce(one, "pending") != "pending" for one in sides))


def _at(said: Any) -> sa.ColumnElement[Any]:
    return sa.cast(said["at"].astext, sa.DateTime(timezone=True))


def _within(query: sa.Select[Any], match: sa.Table, period: Period) -> sa.Select[Any]:
    if period.since is not None:
        query = query.where(match.c.created_at >= period.since)
    if period.until is not None:
        query = query.where(match.c.created_at < period.until)
    return query
