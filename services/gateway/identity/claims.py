"""From a verified token's claims to a principal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.principal import Principal, Role

_LONGEST_SUBJECT = 200
# Where a provider gives several of our roles, the most powerful counts. `service` is never taken.
_ROLES = (Role.OPERATOR, Role.COORDINATOR, Role.BATCH, Role.MEMBER)


@dataclass(frozen=True)
class ClaimNames:
    """Where the provider puts role and organisation; dots lead into objects."""

    role: str = "role"
    organisation: str = "organisation"


def principal_from(claims: Mapping[str, Any], names: ClaimNames) -> Principal:
    """The principal. Raises ValueError when the claims name none, as for a member without
    organisation: the API has nothing for one."""
    found = claimed_rights(claims, names)
    if found.role is None:
        raise ValueError("no role of this platform")
    if found.role is Role.MEMBER and found.organisation is None:
        raise ValueError("a member without organisation")
    return Principal(subject=found.subject, role=found.role, organisation=found.organisation)


class ClaimedRights(Contract):
    """What a provider says of somebody who logs in to the console; None where it says nothing."""

    subject: str
    role: Role | None = None
    organisation: OrganisationId | None = None


def claimed_rights(claims: Mapping[str, Any], names: ClaimNames) -> ClaimedRights:
    """The rights in the claims. Raises ValueError for a role that is none of ours."""
    said = _at(claims, names.role)
    role = None if said is None else _role(said)
    organisation = _at(claims, names.organisation) or None
    return ClaimedRights(
        subject=_subject(claims.get("sub")),
        role=role,
        organisation=organisation if role in (None, Role.MEMBER) else None,
    )


def _role(value: object) -> Role:
    offered = value if isinstance(value, list) else [value]
    for role in _ROLES:
        if role.value in offered:
            return role
    raise ValueError("no role of this platform")


def _subject(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_SUBJECT:
        raise ValueError("no usable subject")
    if not value.isprintable():
        raise ValueError("a subject with control characters")
    return value


def _at(claims: Mapping[str, Any], path: str) -> Any:
    if path in claims:
        return claims[path]
    value: Any = claims
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
