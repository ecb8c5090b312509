"""Who is told of what happens to calls: the audit trail and the bus, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from services.matcher.domain.calls.stored import Change
from services.matcher.store import StoreTransaction
from shared.audit_entries import NewAuditEntry
from shared.contracts.calls import CALL_CHANGED, CallChanged
from shared.contracts.principal import Principal
from shared.http.request_id import current_request_id
from shared.outbox import OutboxEvent


async def record(transaction: StoreTransaction, changes: Sequence[Change], by: Principal) -> None:
    """An audit row and an event for each change, with the call as it was stored.

    To be called once and last in a transaction: whoever else adds to the trail waits for it.
    """
    request_id = current_request_id()
    await transaction.events.append([_event(one, request_id) for one in changes])
    await transaction.audit.append([_entry(one, by, request_id) for one in changes])


def _event(change: Change, request_id: str) -> OutboxEvent:
    call = change.call
    event = CallChanged(
        event_id=uuid4().hex,
        call_id=call.id,
        version=call.version,
        state=call.state,
        change=change.event,
        publisher=call.publisher,
        organisations=change.organisations,
        occurred_at=call.updated_at,
        request_id=request_id,
    )
    return OutboxEvent(
        event_id=event.event_id,
        subject=CALL_CHANGED,
        payload=event.model_dump(mode="json"),
        request_id=request_id,
    )


def _entry(change: Change, by: Principal, request_id: str) -> NewAuditEntry:
    call = change.call
    at: datetime = call.updated_at
    return NewAuditEntry(
        at=at,
        actor=by.subject,
        role=by.role.value,
        action=change.event.value,
        subject_kind="call",
        subject=call.id,
        request_id=request_id,
        details={
            "version": call.version,
            "state": call.state.value,
            "organisations": " ".join(change.organisations) or None,
        },
    )
