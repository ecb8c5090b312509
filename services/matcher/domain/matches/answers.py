"""Asking both sides, their answers, silence, and the introduction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.matcher.domain.matches.moves import Details, Moved, move
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.states import Mover
from services.matcher.domain.matches.stored import (
    Ended,
    SideSaid,
    StoredMatch,
    TurnedDown,
)
from shared.contracts.match_requests import MatchOutcome, SideAnswer
from shared.contracts.matches import MatchChange

TAKEN_BACK = "taken_back"
"""A request that its asker took back before the other side was asked."""
EXPIRED = "expired"
"""Somebody who was asked was silent until the end."""
PLATFORM = "platform"
"""Who acts where nobody does."""


def ask(match: StoredMatch, by: Mover, now: datetime, policy: MatchPolicy) -> Moved:
    """Who asked for the introduction has said yes already. Raises MoveRefusedError."""
    said = replace(match.said, undo=None)
    return move(
        match,
        MatchChange.ASKED,
        by,
        now,
        said=said,
        asked_at=now,
        nudged_at=None,
        due_at=now + policy.expire_after,
    )


def answer(
    match: StoredMatch, organisation: str, given: SideSaid, by: Mover, stated: dict[str, str]
) -> Moved:
    """Yes, or a no, which ends it. Raises MoveRefusedError."""
    assert given.at
    said = match.with_answer(organisation, given)
    details: Details = {"organisation": organisation, "answer": given.answer.value}
    if given.answer is SideAnswer.INTERESTED:
        following = replace(match, said=said)
        due_at = None if following.agreed else match.due_at
        return move(match, MatchChange.ANSWERED, by, given.at, details, said=said, due_at=due_at)
    details["reasons"] = ",".join(given.reasons)
    ended = Ended(MatchOutcome.DECLINED, given.by or PLATFORM, organisation)
    how = "declined" if match.asked_at else TAKEN_BACK
    down = TurnedDown(given.at, how, given.reasons, stated)
    said = replace(said, ended=ended, turned_down=down)
    change = MatchChange.DECLINED
    return move(match, change, by, given.at, details, said=said, due_at=None, waiting=())


def nudge(match: StoredMatch, now: datetime) -> Moved:
    """Once. Raises MoveRefusedError."""
    details: Details = {"silent": ",".join(match.pending)}
    return move(match, MatchChange.NUDGED, Mover.PLATFORM, now, details, nudged_at=now)


def expire(match: StoredMatch, now: datetime, stated: dict[str, str]) -> Moved:
    """Nobody waits any longer. Raises MoveRefusedError."""
    said = replace(
        match.said,
        ended=Ended(MatchOutcome.EXPIRED, PLATFORM),
        turned_down=TurnedDown(now, EXPIRED, (), stated),
    )
    details: Details = {"silent": ",".join(match.pending)}
    return move(match, MatchChange.EXPIRED, Mover.PLATFORM, now, details, said=said, due_at=None)


def wait(match: StoredMatch, full: Sequence[str], now: datetime) -> Moved | None:
    """Both said yes, and these cannot take on more; None where that is known already."""
    if match.waiting == tuple(full):
        return None
    details: Details = {"full": ",".join(full)}
    return move(match, MatchChange.WAITING, Mover.PLATFORM, now, details, waiting=tuple(full))


def introduce(match: StoredMatch, by: Mover, now: datetime) -> Moved:
    """Both get each other's contacts. Raises MoveRefusedError."""
    return move(
        match,
        MatchChange.INTRODUCED,
        by,
        now,
        said=replace(match.said, undo=None),
        introduced_at=now,
        due_at=None,
        waiting=(),
    )
