"""Who may read, appeal and decide policy flags."""

from services.profiles.domain.flags import Flag
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

_DECIDERS = frozenset({Role.COORDINATOR, Role.OPERATOR})


def may_read(reader: Principal, organisation: str) -> bool:
    """The organisation's own members, coordinators and operators."""
    return reader.role in _DECIDERS or reader.speaks_for(organisation)


def require_list_reader(reader: Principal, organisation: str | None) -> str | None:
    """The organisation whose flags are listed. Raises ProblemError("forbidden")."""
    if reader.role in _DECIDERS:
        return organisation
    if reader.role is not Role.MEMBER or reader.organisation is None:
        raise ProblemError("forbidden", reason="policy flags are for members and coordinators")
    if organisation not in (None, reader.organisation):
        raise ProblemError("forbidden", reason="a member reads the flags of their own organisation")
    return reader.organisation


def require_appellant(reader: Principal, flag: Flag) -> None:
    """Raises ProblemError `forbidden`, or `not_found` for what the reader may not know."""
    if not may_read(reader, flag.organisation):
        raise ProblemError("not_found", what="policy flag", id=flag.id)
    if not reader.speaks_for(flag.organisation):
        raise ProblemError("forbidden", reason="only the organisation's members appeal")


def require_decider(reader: Principal) -> None:
    """Raises ProblemError("forbidden")."""
    if reader.role not in _DECIDERS:
        raise ProblemError("forbidden", reason="policy flags are decided by coordinators")
