"""How far matches get, and how long the steps take."""

from typing import Any, cast

import sqlalchemy as sa

from services.matcher.insight_store import Period
from shared.contracts.insights import FunnelExit, StepTimes
from shared.contracts.matches import MatchState

STAGES = ("suggested", "decided", "asked", "answered", "agreed", "introduced", "collaborating")
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


def step_times(match: sa.Table, period: Period) -> list[sa.Select[Any]]:
    """One question for each step: name, count, quartiles in days, waiting, longest wait."""
    columns, said = match.c, match.c.said
    answered = sa.func.greatest(_at(said["first"]), _at(said["second"]))
    worked = sa.case(
        (columns.state == MatchState.COLLABORATING.value, columns.since), else_=sa.null()
    )
    waiting_decision = columns.state.in_([one.value for one in _BEFORE_DECISION])
    asked = columns.state == MatchState.ASKED.value
    steps = (
        ("decision", columns.created_at, _at(said["decision"]), waiting_decision),
        (
            "answers",
            columns.asked_at,
            sa.case((_both_answered(match), answered), else_=sa.null()),
            sa.and_(asked, ~columns.agreed),
        ),
        ("introduction", answered, columns.introduced_at, sa.and_(asked, columns.agreed)),
        (
            "collaboration",
            columns.introduced_at,
            worked,
            columns.state == MatchState.INTRODUCED.value,
        ),
    )
    return [_within(_step(match, *one), match, period) for one in steps]


def steps_of(row: Any) -> StepTimes:
    """A row of such an answer."""
    return StepTimes(
        step=row.step,
        count=row.count,
        lower_quartile=row.lower,
        median=row.median,
        upper_quartile=row.upper,
        waiting=row.waiting,
        longest_wait=row.longest,
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
) -> sa.Select[Any]:
    # GREATEST passes over nulls: a step not taken would count as one of no days.
    took = sa.func.extract("epoch", end - start)
    days = sa.case((took >= 0, took), (took < 0, 0.0), else_=sa.null()) / _DAY
    waited = sa.func.greatest(sa.func.extract("epoch", sa.func.now() - match.c.since), 0) / _DAY
    quartiles = [
        sa.func.percentile_cont(share).within_group(days.asc()).label(label)
        for share, label in ((0.25, "lower"), (0.5, "median"), (0.75, "upper"))
    ]
    return sa.select(
        sa.literal(name).label("step"),
        sa.func.count(days).label("count"),
        *quartiles,
        sa.func.count().filter(waits).label("waiting"),
        sa.func.max(waited).filter(waits).label("longest"),
    ).select_from(match)


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
