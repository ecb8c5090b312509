"""The event of a change: ids and versions, never text."""

from datetime import datetime
from uuid import uuid4

from services.profiles.domain.stored import OrganisationState
from shared.contracts.events import ORGANISATION_CHANGED, Change, OrganisationChanged
from shared.contracts.organisation import Status
from shared.outbox import OutboxEvent

_CHANGES = {
    Status.ACTIVE: Change.SAVED,
    Status.WITHDRAWN: Change.WITHDRAWN,
    Status.ERASED: Change.ERASED,
}


def changed(state: OrganisationState, request_id: str, at: datetime | None = None) -> OutboxEvent:
    """What others are told of a new version; `at` where its members did not make it."""
    event = OrganisationChanged(
        event_id=str(uuid4()),
        organisation_id=state.id,
        version=state.version,
        change=_CHANGES[state.status],
        occurred_at=at or state.updated_at,
        request_id=request_id,
    )
    return OutboxEvent(
        event_id=event.event_id,
        subject=ORGANISATION_CHANGED,
        payload=event.model_dump(mode="json"),
        request_id=request_id,
    )
