"""Working together, closing, and an organisation that goes."""

from dataclasses import replace
from datetime import datetime

from services.matcher.domain.matches.moves import Details, Moved, move
from services.matcher.domain.matches.states import Mover
from services.matcher.domain.matches.stored import Ended, Said, StoredMatch, TurnedDown
from shared.contracts.matches import MatchChange


def collaborate(match: StoredMatch, by: Mover, side: str | None, now: datetime) -> Moved:
    """They work together. Raises MoveRefusedError."""
    return move(match, MatchChange.COLLABORATING, by, now, {"organisation": side})


def close(
    match: StoredMatch, by: Mover, ended: Ended, now: datetime, stated: dict[str, str]
) -> Moved:
    """With an outcome. Raises MoveRefusedError."""
    details: Details = {"outcome": ended.outcome.value, "organisation": ended.side}
    down = TurnedDown(now, "closed", (), stated)
    said = replace(match.said, ended=ended, turned_down=down, undo=None)
    return move(match, MatchChange.CLOSED, by, now, details, said=said, due_at=None, waiting=())


def withdraw(match: StoredMatch, organisation: str | None, now: datetime) -> Moved:
    """An organisation is gone; None where only the suggestion is. Raises MoveRefusedError."""
    said = replace(match.said, undo=None)
    details: Details = {"organisation": organisation}
    return move(
        match,
        MatchChange.WITHDRAWN,
        Mover.PLATFORM,
        now,
        details,
        said=said,
        due_at=None,
        waiting=(),
    )


def forget_texts(match: StoredMatch) -> StoredMatch:
    """Without a word that anybody wrote, for an organisation that was erased."""
    said = match.said
    return replace(
        match,
        said=Said(
            first=replace(said.first, text=None),
            second=replace(said.second, text=None),
            decision=replace(said.decision, text=None) if said.decision else None,
            ended=replace(said.ended, text=None) if said.ended else None,
            turned_down=said.turned_down,
            again=said.again,
        ),
        comments=0,
    )
