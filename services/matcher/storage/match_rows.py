"""A match as a row and back."""

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from services.matcher.domain.matches.stored import Said, StoredMatch
from services.matcher.domain.pairs import Pair
from shared.contracts.matches import MatchOrigin, MatchState

_SAID: TypeAdapter[Said] = TypeAdapter(Said)
_NO_SCORE = -1.0
"""Sorts after every score, and needs no NULLS LAST of an index."""
_PLAIN = (
    *("id", "version", "run", "requested_by", "assignee", "reviewers", "split", "comments"),
    *("created_at", "since", "updated_at", "asked_at", "nudged_at", "due_at", "introduced_at"),
)
WRITTEN = tuple(
    name
    for name in (
        *(field.name for field in fields(StoredMatch) if field.name != "pair"),
        "agreed",
    )
    if name not in {"id", "origin", "created_at"}
)
"""What a save changes."""


def row_of(match: StoredMatch) -> dict[str, Any]:
    """All columns but those copied from the profiles."""
    return {
        **{name: getattr(match, name) for name in _PLAIN},
        "first": match.pair.first,
        "second": match.pair.second,
        "state": match.state.value,
        "origin": match.origin.value,
        "score": _NO_SCORE if match.score is None else match.score,
        "agreed": match.agreed,
        "waiting": list(match.waiting),
        "said": _SAID.dump_python(match.said, mode="json", exclude_defaults=True),
    }


def match_of(row: Any) -> StoredMatch:
    """The inverse."""
    return StoredMatch(
        **{name: getattr(row, name) for name in _PLAIN},
        pair=Pair(row.first, row.second),
        state=MatchState(row.state),
        origin=MatchOrigin(row.origin),
        score=None if row.score < 0 else row.score,
        waiting=tuple(row.waiting),
        said=_SAID.validate_python(row.said),
    )
