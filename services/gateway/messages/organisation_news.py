"""Who is told what of a change of an organisation. Pure."""

from services.gateway.messages.notes import NewEvent, News
from services.gateway.messages.owners import STAFF, of_organisation
from shared.contracts.events import OrganisationChanged
from shared.contracts.messages import EventType


def organisation_news(event: OrganisationChanged) -> News:
    """An event for its own members and for staff; nobody needs a message of it."""
    return News(
        NewEvent(
            source=f"organisation:{event.event_id}",
            type=EventType.ORGANISATION_CHANGED,
            audience=(STAFF, of_organisation(event.organisation_id)),
            occurred_at=event.occurred_at,
            data={
                "organisation": event.organisation_id,
                "version": event.version,
                "change": event.change.value,
            },
        )
    )
