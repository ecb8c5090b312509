"""Cursors of the lists of jobs and of problems."""

import re

from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError

_DIGITS = "[0-9]{1,18}"


def job_cursor(cursor: str | None) -> int | None:
    """The number of the last job seen. Raises ProblemError("invalid_request")."""
    return int(_checked(cursor, _DIGITS)) if cursor else None


def problem_cursor(cursor: str | None) -> tuple[int, int] | None:
    """Line and number of the last problem seen. Raises ProblemError("invalid_request")."""
    if not cursor:
        return None
    line, _, number = _checked(cursor, rf"{_DIGITS}\.{_DIGITS}").partition(".")
    return int(line), int(number)


def _checked(cursor: str, pattern: str) -> str:
    if re.fullmatch(pattern, cursor):
        return cursor
    problem = FieldProblem(
        field="cursor", problem="is not a cursor", mend="take next_cursor of the page before"
    )
    raise ProblemError("invalid_request", fields=[problem])
