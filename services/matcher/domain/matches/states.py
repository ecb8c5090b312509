"""The state machine as data: every change, where it begins, where it leads, who may."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.matches import MatchChange, MatchState


class Mover(StrEnum):
    """Who moves a match."""

    COORDINATOR = "coordinator"
    MEMBER = "member"
    PLATFORM = "platform"


class MoveRefusedError(ValueError):
    """This change does not begin where the match stands, or is not this mover's."""

    def __init__(self, change: MatchChange, state: MatchState) -> None:
        super().__init__(f"{change.value} from {state.value}")
        self.change = change
        self.state = state


@dataclass(frozen=True)
class Transition:
    """One row of the table; `target` None stays where it is."""

    change: MatchChange
    sources: frozenset[MatchState]
    target: MatchState | None
    movers: frozenset[Mover]


_S, _C = MatchState, MatchChange
_OPEN = frozenset({_S.SUGGESTED, _S.IN_REVIEW, _S.ON_HOLD})
_ASKED = frozenset({_S.ASKED})
_TOGETHER = frozenset({_S.INTRODUCED, _S.COLLABORATING})
_DONE = frozenset({_S.REJECTED, _S.CLOSED, _S.WITHDRAWN})
_COORDINATOR = frozenset({Mover.COORDINATOR})
_PLATFORM = frozenset({Mover.PLATFORM})
_PEOPLE = frozenset({Mover.COORDINATOR, Mover.MEMBER})

OPEN_STATES = _OPEN
"""Before a decision."""
DONE_STATES = _DONE
"""From here it comes back only by being suggested again."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        _C.TAKEN_UP, frozenset({_S.SUGGESTED, _S.ON_HOLD, _S.REJECTED}), _S.IN_REVIEW, _COORDINATOR
    ),
    Transition(
        _C.HELD,
        frozenset({_S.SUGGESTED, _S.IN_REVIEW, _S.APPROVED}),
        _S.ON_HOLD,
        _COORDINATOR | _PLATFORM,
    ),
    Transition(_C.APPROVED, _OPEN, _S.APPROVED, _COORDINATOR),
    Transition(_C.REJECTED, _OPEN | {_S.APPROVED}, _S.REJECTED, _COORDINATOR),
    Transition(
        _C.UNDONE,
        frozenset({_S.IN_REVIEW, _S.ON_HOLD, _S.APPROVED, _S.REJECTED}),
        None,
        _COORDINATOR,
    ),
    Transition(_C.ASKED, frozenset({_S.APPROVED}), _S.ASKED, _COORDINATOR | _PLATFORM),
    Transition(_C.NUDGED, _ASKED, _S.ASKED, _PLATFORM),
    Transition(_C.ANSWERED, _ASKED, _S.ASKED, _PEOPLE),
    Transition(_C.DECLINED, _ASKED, _S.CLOSED, _PEOPLE),
    Transition(_C.DECLINED, _OPEN | {_S.APPROVED}, _S.CLOSED, _PEOPLE),
    Transition(_C.EXPIRED, _ASKED, _S.CLOSED, _PLATFORM),
    Transition(_C.WAITING, _ASKED, _S.ASKED, _PLATFORM),
    Transition(_C.INTRODUCED, _ASKED, _S.INTRODUCED, _COORDINATOR | _PLATFORM),
    Transition(_C.COLLABORATING, frozenset({_S.INTRODUCED}), _S.COLLABORATING, _PEOPLE),
    Transition(_C.CLOSED, _TOGETHER, _S.CLOSED, _PEOPLE),
    Transition(_C.CLOSED, _ASKED, _S.CLOSED, _COORDINATOR),
    Transition(_C.REQUESTED, _OPEN | {_S.APPROVED}, None, _PEOPLE),
    Transition(_C.REQUESTED, _DONE, _S.SUGGESTED, _PEOPLE),
    Transition(_C.SUGGESTED_AGAIN, _DONE, _S.SUGGESTED, _PLATFORM),
    Transition(
        _C.WITHDRAWN,
        frozenset(_S) - {_S.CLOSED, _S.WITHDRAWN, _S.REJECTED},
        _S.WITHDRAWN,
        _PLATFORM,
    ),
    Transition(_C.ASSIGNED, frozenset(_S), None, _COORDINATOR),
)


def target(change: MatchChange, state: MatchState, mover: Mover) -> MatchState:
    """Where it leads. Raises MoveRefusedError."""
    for row in TRANSITIONS:
        if row.change is change and state in row.sources and mover in row.movers:
            return row.target or state
    raise MoveRefusedError(change, state)


def may(change: MatchChange, state: MatchState, mover: Mover) -> bool:
    """Whether there is such a row."""
    return any(
        row.change is change and state in row.sources and mover in row.movers for row in TRANSITIONS
    )
