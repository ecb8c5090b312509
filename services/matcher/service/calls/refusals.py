"""What the rules refuse, as the platform's problems."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.matcher.domain.calls.refusal import CallRefusalError
from shared.errors import ProblemError


@contextmanager
def as_problems() -> Iterator[None]:
    """Raises ProblemError for CallRefusalError."""
    try:
        yield
    except CallRefusalError as error:
        raise ProblemError(error.code, **error.parameters) from error
