"""What a reader may do with a match now: names for buttons, decided again when one is pressed."""

from datetime import datetime

from services.matcher.domain.matches.decisions import CHANGES, may_undo
from services.matcher.domain.matches.states import Mover, may
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.service.matches.journal import mover_of
from shared.contracts.match_requests import Decision, SideAnswer
from shared.contracts.matches import MatchChange, MatchState
from shared.contracts.principal import Principal, Role

_COORDINATORS = frozenset({Role.COORDINATOR, Role.OPERATOR})


def allowed(match: StoredMatch, reader: Principal, now: datetime) -> tuple[str, ...]:
    """In a fixed order."""
    if reader.role is Role.MEMBER:
        return _for_members(match, reader)
    if reader.role not in _COORDINATORS:
        return ()
    mover = mover_of(reader)
    names = [d.value for d in Decision if _may_decide(match, d, mover)]
    if may_undo(match, now):
        names.append("undo")
    names += _answers(match, mover)
    return (*names, "assign", "comment", "score")


def _may_decide(match: StoredMatch, decision: Decision, mover: Mover) -> bool:
    possible = may(CHANGES[decision], match.state, mover)
    return possible and (decision is not Decision.INTRODUCE or match.agreed)


def _for_members(match: StoredMatch, reader: Principal) -> tuple[str, ...]:
    names = _answers(match, Mover.MEMBER)
    own = next((id for id in match.pair if reader.speaks_for(id)), None)
    yes = own is not None and match.side(own).answer is SideAnswer.INTERESTED
    if not match.asked_at and yes and may(MatchChange.DECLINED, match.state, Mover.MEMBER):
        names.append("respond")  # to take the request back
    return tuple(names)


def _answers(match: StoredMatch, mover: Mover) -> list[str]:
    names = ["respond"] if match.state is MatchState.ASKED else []
    closes = may(MatchChange.CLOSED, match.state, mover)
    return [*names, "outcome"] if closes else names
