"""Opaque cursors: where a page ended, or what was shown until then."""

import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from services.matcher.domain.ranking import Place
from services.matcher.domain.seen import MARK_BYTES
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


def write_seen_cursor(seen: Sequence[bytes] | None) -> str | None:
    """A cursor that remembers what was shown; None after the last page."""
    return None if seen is None else _encode(urlsafe_b64encode(b"".join(seen)).decode())


def read_seen_cursor(cursor: str | None) -> list[bytes]:
    """Raises ProblemError("invalid_request") for what `write_seen_cursor` has not written."""
    if cursor is None:
        return []
    match _decode(cursor):
        case str() as marks:
            return _marks(marks)
    raise _invalid()


def _marks(encoded: str) -> list[bytes]:
    try:
        joined = urlsafe_b64decode(encoded.encode())
    except ValueError as error:
        raise _invalid() from error
    if not joined or len(joined) % MARK_BYTES:
        raise _invalid()
    return [joined[start : start + MARK_BYTES] for start in range(0, len(joined), MARK_BYTES)]


def write_pair_cursor(place: tuple[str, str] | None) -> str | None:
    """A cursor of a list in the order of two texts."""
    return None if place is None else _encode(list(place))


def read_pair_cursor(cursor: str | None) -> tuple[str, str] | None:
    """Raises ProblemError("invalid_request") for what `write_pair_cursor` has not written."""
    if cursor is None:
        return None
    match _decode(cursor):
        case [str() as first, str() as second] if "\x00" not in first + second:
            return first, second
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


def write_values(values: list[str | float]) -> str:
    """A cursor of a list in an order that the reader chooses."""
    return _encode(values)


def read_values(cursor: str) -> object:
    """What `write_values` has written, to be checked by the list that it is of."""
    return _decode(cursor)


def invalid_cursor() -> ProblemError:
    """A cursor of another list, or of none."""
    return _invalid()


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
