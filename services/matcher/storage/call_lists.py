"""Lists of calls, as questions to PostgreSQL."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.matcher.domain.calls.stored import WAITING, CallFilter, Place, ReaderScope
from services.matcher.storage.call_tables import CallTables
from shared.contracts.calls import Audience, CallState
from shared.contracts.seats import SeatState


def page_of_calls(
    tables: CallTables, wanted: CallFilter, scope: ReaderScope, before: Place | None, limit: int
) -> sa.Select[Any]:
    """Newest change first, with how many seats are accepted and waiting."""
    columns = tables.call.c
    shown = [c for c in columns if c.name not in ("content", "request_key", "request_digest")]
    query = sa.select(
        *shown,
        _seats_in(tables, frozenset({SeatState.ACCEPTED})).label("accepted"),
        _seats_in(tables, WAITING).label("waiting"),
    )
    query = query.where(*_filters(tables, wanted), *_known_to(tables, scope))
    if before:
        query = query.where(sa.tuple_(columns.updated_at, columns.id) < (before.at, before.id))
    return query.order_by(columns.updated_at.desc(), columns.id.desc()).limit(limit)


def page_of_seats(
    tables: CallTables, organisation: str, before: Place | None, limit: int
) -> sa.Select[Any]:
    """Seats that the organisation was told of, newest change first."""
    columns = tables.seat.c
    query = sa.select(tables.seat).where(columns.organisation == organisation, columns.told)
    if before:
        query = query.where(sa.tuple_(columns.changed_at, columns.id) < (before.at, int(before.id)))
    return query.order_by(columns.changed_at.desc(), columns.id.desc()).limit(limit)


def calls_needing_attention(
    tables: CallTables, organisation: sa.Table, now: datetime, limit: int
) -> sa.Select[str]:
    """Open calls with an overdue or vacant seat, or with a seat of somebody who is gone."""
    call, seat = tables.call.c, tables.seat.c
    taken = seat.state.in_([SeatState.ACCEPTED.value, *(one.value for one in WAITING)])
    # Who is not known yet has just registered: that is not gone.
    gone = sa.exists().where(
        organisation.c.id == seat.organisation, organisation.c.status != "active"
    )
    overdue = sa.and_(seat.state == SeatState.INVITED.value, seat.answer_by < now)
    due = sa.or_(seat.vacant, overdue, sa.and_(taken, gone))
    return (
        sa.select(call.id)
        .where(
            call.state == CallState.OPEN.value,
            sa.exists().where(seat.call == call.id, due),
        )
        .order_by(call.updated_at)
        .limit(limit)
    )


def _seats_in(tables: CallTables, states: frozenset[SeatState]) -> sa.ScalarSelect[int]:
    seat = tables.seat.c
    wanted = [one.value for one in states]
    query = sa.select(sa.func.count()).where(seat.call == tables.call.c.id, seat.state.in_(wanted))
    return query.correlate(tables.call).scalar_subquery()


def _filters(tables: CallTables, wanted: CallFilter) -> list[sa.ColumnElement[bool]]:
    columns = tables.call.c
    found: list[sa.ColumnElement[bool]] = []
    if wanted.state:
        found.append(columns.state == wanted.state.value)
    if wanted.kind:
        found.append(columns.kind == wanted.kind.value)
    if wanted.publisher:
        found.append(columns.publisher == wanted.publisher)
    if wanted.text:
        told = columns.title.icontains(wanted.text, autoescape=True)
        found.append(told | columns.reference.icontains(wanted.text, autoescape=True))
    return found


def _known_to(tables: CallTables, scope: ReaderScope) -> list[sa.ColumnElement[bool]]:
    if scope.everything:
        return []
    call, seat = tables.call.c, tables.seat.c
    told = sa.exists().where(
        seat.call == call.id, seat.organisation == scope.organisation, seat.told
    )
    public = sa.and_(call.state == CallState.OPEN.value, call.audience == Audience.MEMBERS.value)
    return [sa.or_(call.publisher == scope.organisation, public, told)]
