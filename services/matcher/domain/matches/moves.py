"""One step of a match: the next version, and what is told of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.matcher.domain.matches.states import Mover, target
from services.matcher.domain.matches.stored import StoredMatch
from shared.contracts.matches import MatchChange, MatchState

Details = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class Moved:
    """A new version of a match, and what made it."""

    match: StoredMatch
    change: MatchChange
    before: MatchState
    details: Details

    @property
    def audited(self) -> Details:
        """For the trail: codes, ids and versions."""
        states: Details = {"from": self.before.value, "to": self.match.state.value}
        return {**states, "version": self.match.version, **self.details}


def move(
    match: StoredMatch,
    change: MatchChange,
    mover: Mover,
    now: datetime,
    details: Details | None = None,
    **changes: Any,
) -> Moved:
    """By the table of states. Raises MoveRefusedError."""
    state = changes.pop("state", None) or target(change, match.state, mover)
    since = match.since if state is match.state else now
    following = replace(match, version=match.version + 1, state=state, updated_at=now, since=since)
    return Moved(replace(following, **changes), change, match.state, details or {})
