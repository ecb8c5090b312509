"""What a reader may do at the edge; the services decide again. Pure."""

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError


def require_role(reader: Principal, *roles: Role) -> None:
    """Raises ProblemError("role_required") unless the reader has one of the roles."""
    if reader.role not in roles:
        raise ProblemError("role_required", roles=", ".join(roles))


def require_own(reader: Principal, organisation_id: str | None) -> None:
    """Members act for their own organisation only. Raises "own_organisation_only"."""
    if reader.role is Role.MEMBER and reader.organisation != organisation_id:
        raise ProblemError("own_organisation_only")
