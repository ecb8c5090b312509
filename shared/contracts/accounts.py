"""People who use the console, and how they come in.

Public routes:
- GET /v1/people?role&organisation&waiting&limit&cursor (coordinator, operator)
- PATCH /v1/people/{person_id} (operator; If-Match with the version)
- POST /v1/people/{person_id}/sessions/end (operator): log out everywhere
- POST /v1/login-links (operator): a one-time link, with the account where there is none
"""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, storable
from shared.contracts.organisation import Language
from shared.contracts.principal import Principal, Role


def _folded(text: str) -> str:
    return storable(text).lower()


Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+\.[^@\s\x00-\x1f\x7f]+$",
        max_length=254,
        strip_whitespace=True,
    ),
    AfterValidator(_folded),
]
"""In small letters: nobody has two accounts that differ by case."""


class Person(Contract):
    """An account. `subject` is what tokens, the audit trail and assignments name."""

    id: UUID
    subject: str
    email: str
    name: str
    role: Role
    organisation: OrganisationId | None = None
    wanted_organisation: OrganisationId | None = None
    """Asked to speak for it; a coordinator admits or refuses."""
    language: Language | None = None
    suspended_at: datetime | None = None
    created_at: datetime
    last_login_at: datetime | None = None
    version: int = 1

    @property
    def principal(self) -> Principal:
        """The rights of this account, the same as a token's would be."""
        own = self.organisation if self.role is Role.MEMBER else None
        return Principal(subject=self.subject, role=self.role, organisation=own)


class PersonPage(Contract):
    """By e-mail."""

    items: tuple[Person, ...]
    next_cursor: str | None = None


def _organisation_fits(role: Role, organisation: str | None) -> None:
    if role not in (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR):
        raise ValueError("role: people are members, coordinators or operators")
    if role is not Role.MEMBER and organisation is not None:
        raise ValueError("organisation: only members speak for one")


class PersonChange(Contract):
    """All of what may be changed; what is left out stays."""

    name: Line | None = None
    role: Role | None = None
    organisation: OrganisationId | None = None
    suspended: bool | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.role is not None:
            _organisation_fits(self.role, self.organisation)
        return self


class LoginLinkRequest(Contract):
    """Whose link. Role and organisation make a new account, or change the one that is there."""

    email: Email
    role: Role | None = None
    organisation: OrganisationId | None = None
    name: Line | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _organisation_fits(self.role or Role.MEMBER, self.organisation)
        return self


class LoginLink(Contract):
    """A link that lets its bearer in once; shown now and never again."""

    url: str
    """Absolute where the platform's public address is known, else a path."""
    email: str
    role: Role
    expires_at: datetime


class EndedSessions(Contract):
    """How many were ended."""

    ended: int
