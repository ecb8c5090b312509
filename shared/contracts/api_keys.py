"""API keys: for programs that speak for an organisation or do a role's work."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, model_validator

from shared.contracts.base import Contract, Line, OrganisationId
from shared.contracts.principal import Role


class ApiKeyRequest(Contract):
    """Whom the key is to stand for. The subject is filled in where it is not given."""

    role: Role = Role.MEMBER
    organisation: OrganisationId | None = None
    subject: Line | None = None
    label: Line
    expires_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _owner_is_clear(self) -> Self:
        if self.role is Role.SERVICE:
            raise ValueError("role service: services sign for themselves, they need no key")
        if (self.role is Role.MEMBER) != (self.organisation is not None):
            raise ValueError("organisation: name it for role member, and for no other role")
        return self


class ApiKey(Contract):
    """A key without its secret."""

    id: UUID
    prefix: str
    role: Role
    organisation: OrganisationId | None
    subject: str
    label: str
    created_by: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    """To about a minute."""


class CreatedApiKey(ApiKey):
    """The answer to its creation, the only time that the key itself is shown."""

    key: str


class ApiKeyPage(Contract):
    """Newest first, revoked ones included."""

    items: tuple[ApiKey, ...]
    next_cursor: UUID | None = None
