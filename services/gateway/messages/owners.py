"""Whose inbox, whose events, whose things: texts that name a recipient or an owner. Pure."""

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

STAFF = "staff"
"""The audience of coordinators, operators and batch jobs: they see everything."""
COORDINATORS = "role:coordinator"
_WITH_INBOX = (Role.MEMBER, Role.COORDINATOR, Role.OPERATOR)


def of_organisation(organisation: str) -> str:
    """All who speak for it."""
    return f"organisation:{organisation}"


def of_role(role: str) -> str:
    """All who have it."""
    return f"role:{role}"


def of_person(subject: str) -> str:
    """One person or program."""
    return f"person:{subject}"


def shared_address(reader: Principal) -> str:
    """The inbox that the reader shares with others: of its organisation, or of its role."""
    if reader.role is Role.MEMBER and reader.organisation:
        return of_organisation(reader.organisation)
    return of_role(reader.role.value)


def addresses(reader: Principal) -> tuple[str, ...]:
    """The inboxes of a reader. Raises ProblemError("role_required") for programs without one."""
    if reader.role not in _WITH_INBOX:
        raise ProblemError("role_required", roles=", ".join(_WITH_INBOX))
    return (shared_address(reader), of_person(reader.subject))


def audience(reader: Principal) -> tuple[str, ...]:
    """What the reader is told of: its inboxes, and everything that staff sees."""
    own = (shared_address(reader), of_person(reader.subject))
    return (STAFF, *own) if reader.sees_everything else own


def shared_audience(reader: Principal) -> tuple[str, ...]:
    """The same for what a member shares with others of its organisation: nothing personal."""
    return (shared_address(reader),) if reader.role is Role.MEMBER else audience(reader)


def owner(reader: Principal) -> str:
    """Whose webhooks: members share those of their organisation, others have their own."""
    if reader.role is Role.MEMBER:
        return shared_address(reader)
    return f"{reader.role.value}:{reader.subject}"


def personal_owner(reader: Principal) -> str:
    """Whose saved searches: everybody's own. Raises "role_required" as `addresses` does."""
    addresses(reader)
    return f"{reader.role.value}:{reader.organisation or ''}:{reader.subject}"


def organisation_of(recipient: str) -> str | None:
    """The organisation whose inbox it is; None for other inboxes."""
    kind, _, name = recipient.partition(":")
    return name if kind == "organisation" else None
