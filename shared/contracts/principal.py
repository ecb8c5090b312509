"""Who is asking, and with what rights."""

from enum import StrEnum

from shared.contracts.base import Contract, OrganisationId


class Role(StrEnum):
    """What a principal may do. `service` is for calls between services without a user."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    BATCH = "batch"
    OPERATOR = "operator"
    SERVICE = "service"


class Principal(Contract):
    """The reader of an answer or the author of a change."""

    subject: str
    role: Role
    organisation: OrganisationId | None = None

    @property
    def sees_everything(self) -> bool:
        """Whether confidential text and contacts of all organisations may be read."""
        return self.role is not Role.MEMBER

    def speaks_for(self, organisation_id: str) -> bool:
        """Whether this is a member of that organisation."""
        return self.role is Role.MEMBER and self.organisation == organisation_id
