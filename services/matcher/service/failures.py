"""Failures that pass by themselves, and those that do not."""

from services.matcher.ports import IndexDamagedError
from shared.errors import ProblemError

_PASSING_STATUSES = frozenset({401, 408, 429, 502, 503, 504})


def is_passing(error: BaseException) -> bool:
    """Whether the same change may well be taken in later: a part was away, slow or full."""
    if isinstance(error, ProblemError):
        return error.status in _PASSING_STATUSES
    if isinstance(error, IndexDamagedError | OSError | TimeoutError):
        return True
    # Drivers of the database and of the index wrap what the network did to them.
    causes = (error.__cause__, error.__context__, getattr(error, "orig", None))
    if getattr(error, "connection_invalidated", False) or type(error).__name__ in _NAMES:
        return True
    return any(cause is not None and is_passing(cause) for cause in causes if cause is not error)


_NAMES = frozenset(
    {
        "OperationalError",
        "InterfaceError",
        "CannotConnectNowError",
        "AdminShutdownError",
        "ConnectionDoesNotExistError",
        "TooManyConnectionsError",
        "SerializationError",
        "DeadlockDetectedError",
        "DiskFullError",
        "ResponseHandlingException",
    }
)
"""Known by name: use cases import no driver."""
