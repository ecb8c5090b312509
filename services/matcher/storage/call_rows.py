"""Calls and seats as rows."""

from typing import Any

from services.matcher.domain.calls.stored import StoredCall, StoredSeat
from shared.contracts.calls import CallContent, CallState, CallSummary
from shared.contracts.decisions import Reason
from shared.contracts.seats import SeatState

_SAME = (
    *("organisation", "version", "changed_at", "changed_by", "message", "remark", "replaces"),
    *("answer_by", "vacant", "told"),
)


def call_row(call: StoredCall) -> dict[str, Any]:
    """All columns but the request's."""
    content = call.content
    return {
        "id": call.id,
        "version": call.version,
        "state": call.state.value,
        "publisher": call.publisher,
        "content": content.model_dump(mode="json"),
        "kind": content.kind.value,
        "title": content.title,
        "audience": content.audience.value,
        "reference": content.reference,
        "deadline": content.deadline,
        "requirements": len(content.requirements),
        "created_by": call.created_by,
        "created_at": call.created_at,
        "updated_at": call.updated_at,
        "published_at": call.published_at,
        "ended_at": call.ended_at,
        "remark": call.remark,
    }


def seat_row(seat: StoredSeat) -> dict[str, Any]:
    """All columns but the id, the call and the request's."""
    return {name: getattr(seat, name) for name in _SAME} | {
        "requirements": list(seat.requirements),
        "reasons": [one.value for one in seat.reasons],
        "state": seat.state.value,
    }


def call_of(row: Any, seats: tuple[StoredSeat, ...] = ()) -> StoredCall:
    """The call of a row."""
    return StoredCall(
        id=row.id,
        content=CallContent.model_validate(row.content),
        publisher=row.publisher,
        state=CallState(row.state),
        version=row.version,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        published_at=row.published_at,
        ended_at=row.ended_at,
        remark=row.remark,
        seats=seats,
    )


def seat_of(row: Any) -> StoredSeat:
    """The seat of a row."""
    return StoredSeat(
        id=row.id,
        requirements=tuple(row.requirements),
        reasons=tuple(Reason(one) for one in row.reasons),
        state=SeatState(row.state),
        **{name: getattr(row, name) for name in _SAME},
    )


def summary_of(row: Any, *, counted: bool) -> CallSummary:
    """The row of a list; `counted` where the reader is told of all seats."""
    return CallSummary(
        id=row.id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        publisher=row.publisher,
        deadline=row.deadline,
        reference=row.reference,
        version=row.version,
        requirements=row.requirements,
        accepted=row.accepted if counted else None,
        waiting=row.waiting if counted else None,
        updated_at=row.updated_at,
    )
