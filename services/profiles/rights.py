"""Who may do what to an organisation. Reading is in `shared.visibility`."""

from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

_WRITERS = frozenset({Role.COORDINATOR, Role.BATCH, Role.OPERATOR})
_ERASERS = frozenset({Role.COORDINATOR, Role.OPERATOR})
_BATCH_READERS = frozenset({Role.SERVICE, Role.COORDINATOR, Role.OPERATOR})
_MANIFEST_READERS = frozenset({Role.SERVICE, Role.OPERATOR})


def require_writer(principal: Principal, organisation_id: str) -> None:
    """Raises ProblemError("forbidden") unless the principal may create and change it."""
    _require(
        principal.role in _WRITERS or principal.speaks_for(organisation_id),
        "a member writes only the organisation that their token names",
    )


def require_bulk_writer(principal: Principal) -> None:
    """Raises ProblemError("forbidden") unless the principal may write any organisation."""
    _require(principal.role in _WRITERS, "bulk writes are for coordinators, batch and operators")


def require_eraser(principal: Principal, organisation_id: str) -> None:
    """Raises ProblemError("forbidden") unless the principal may erase it."""
    _require(
        principal.role in _ERASERS or principal.speaks_for(organisation_id),
        "only its owner, a coordinator or an operator may erase an organisation",
    )


def require_history_reader(principal: Principal, organisation_id: str) -> None:
    """Raises ProblemError("forbidden") unless the principal may read its earlier versions."""
    _require(
        principal.role in _ERASERS or principal.speaks_for(organisation_id),
        "only its owner, a coordinator or an operator may read an organisation's history",
    )


def require_staff(principal: Principal) -> None:
    """Raises ProblemError("forbidden") for all but coordinators and operators."""
    _require(principal.role in _ERASERS, "this is for operators and coordinators")


def require_batch_reader(principal: Principal) -> None:
    """Raises ProblemError("forbidden") unless the principal may read many in full."""
    _require(principal.role in _BATCH_READERS, "batch reads are for services and coordinators")


def require_manifest_reader(principal: Principal) -> None:
    """Raises ProblemError("forbidden") unless the principal may list all versions."""
    _require(principal.role in _MANIFEST_READERS, "the manifest is for services and operators")


def _require(allowed: bool, reason: str) -> None:
    if not allowed:
        raise ProblemError("forbidden", reason=reason)
