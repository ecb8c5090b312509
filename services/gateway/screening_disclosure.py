"""What of policy screening may leave the platform for this reader: the last check. Pure."""

from shared.contracts.principal import Principal
from shared.contracts.screening import FlagEvent, PolicyFlag, PolicyFlagPage
from shared.errors import ProblemError


def policy_flag(flag: PolicyFlag, reader: Principal) -> PolicyFlag:
    """For staff and the organisation's own members. Raises ProblemError("not_found")."""
    if not _concerns(flag, reader):
        raise ProblemError("not_found", what="policy flag", id=flag.id)
    return _shown(flag, reader)


def policy_flag_page(page: PolicyFlagPage, reader: Principal) -> PolicyFlagPage:
    """The flags that concern the reader."""
    return page.model_copy(update={"items": policy_flags(page.items, reader)})


def policy_flags(flags: tuple[PolicyFlag, ...], reader: Principal) -> tuple[PolicyFlag, ...]:
    """Those that concern the reader."""
    return tuple(_shown(flag, reader) for flag in flags if _concerns(flag, reader))


def _concerns(flag: PolicyFlag, reader: Principal) -> bool:
    return reader.sees_everything or reader.speaks_for(flag.organisation)


def _shown(flag: PolicyFlag, reader: Principal) -> PolicyFlag:
    if reader.sees_everything:
        return flag
    history = tuple(_without_name(event) for event in flag.history)
    return flag.model_copy(update={"similarity": None, "history": history})


def _without_name(event: FlagEvent) -> FlagEvent:
    return event.model_copy(update={"by": None})
