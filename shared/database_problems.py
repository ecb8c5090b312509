"""PostgreSQL that is away or out of space, told as the problems they are."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.errors import ProblemError

_AWAY = ("08", "57P", "53300", "3D000", "42P01")
"""SQLSTATEs: connection, operator intervention, too many connections; not there yet."""
_OUT_OF_SPACE = ("53100",)


@contextmanager
def told_as_problems() -> Iterator[None]:
    """Raises ProblemError `not_ready` or `out_of_space` in place of the driver's errors."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if problem := _problem(error):
            raise problem from error
        raise
    except OSError as error:  # refused, reset, timed out, no socket
        raise _away() from error


def _problem(error: Exception) -> ProblemError | None:
    if isinstance(error, PoolTimeoutError | asyncpg.InterfaceError):
        return _away()
    state = str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")
    if state.startswith(_OUT_OF_SPACE):
        return ProblemError("out_of_space")
    if state.startswith(_AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return _away()
    return None


def _away() -> ProblemError:
    return ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
