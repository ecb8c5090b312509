"""Opaque cursors: where a page ended, in the order of score and id."""

import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode

from services.matcher.domain.ranking import Place
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError


def write_cursor(place: Place | None) -> str | None:
    """The cursor of the next page; None after the last."""
    if place is None:
        return None
    return _encode([place.score, place.id, place.rank])


def read_cursor(cursor: str | None) -> Place | None:
    """Raises ProblemError("invalid_request") for what `write_cursor` has not written."""
    if cursor is None:
        return None
    match _decode(cursor):
        case [float() | int() as score, str() as id, int() as rank] if math.isfinite(score):
            return Place(float(score), id, rank)
    raise _invalid()


def write_id_cursor(id: int | None) -> str | None:
    """A cursor of a list in id order."""
    return None if id is None else _encode([id])


def read_id_cursor(cursor: str | None) -> int | None:
    """Raises ProblemError("invalid_request") for what `write_id_cursor` has not written."""
    if cursor is None:
        return None
    match _decode(cursor):
        case [int() as id] if 0 <= id < 2**63:
            return id
    raise _invalid()


def _encode(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def _decode(cursor: str) -> object:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found: object = json.loads(urlsafe_b64decode(padded.encode()))
    except (ValueError, RecursionError) as error:
        raise _invalid() from error
    return found


def _invalid() -> ProblemError:
    problem = FieldProblem(
        field="cursor", problem="is not one of ours", mend="use next_cursor as it was given"
    )
    return ProblemError("invalid_request", fields=[problem])
