"""Events on the bus. They are thin: ids and versions, never text."""

from datetime import datetime
from enum import StrEnum

from shared.contracts.base import Contract, OrganisationId

ORGANISATION_CHANGED = "profiles.organisation.changed.v1"
"""Subject of `OrganisationChanged`."""


class Change(StrEnum):
    """What happened; the reader re-reads the organisation whatever it was."""

    SAVED = "saved"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class OrganisationChanged(Contract):
    """An organisation reached a version."""

    event_id: str
    organisation_id: OrganisationId
    version: int
    change: Change
    occurred_at: datetime
    request_id: str
