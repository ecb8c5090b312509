"""What coordinators decide, and taking it back."""

from dataclasses import replace
from datetime import datetime

from services.matcher.domain.matches.moves import Details, Moved, move
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.states import Mover, MoveRefusedError, target
from services.matcher.domain.matches.stored import Decided, StoredMatch, TurnedDown, Undo
from shared.contracts.constraints import PairConstraintKind
from shared.contracts.match_requests import Decision
from shared.contracts.matches import MatchChange, MatchState

CHANGES = {
    Decision.REVIEW: MatchChange.TAKEN_UP,
    Decision.HOLD: MatchChange.HELD,
    Decision.APPROVE: MatchChange.APPROVED,
    Decision.REJECT: MatchChange.REJECTED,
    Decision.ASK: MatchChange.ASKED,
    Decision.INTRODUCE: MatchChange.INTRODUCED,
}
UNDOABLE = frozenset({Decision.REVIEW, Decision.HOLD, Decision.APPROVE, Decision.REJECT})
"""Nobody outside has been told of these."""


def decide(
    match: StoredMatch,
    decided: Decided,
    policy: MatchPolicy,
    *,
    stated: dict[str, str],
    record: int | None = None,
    constraints: tuple[PairConstraintKind, ...] = (),
) -> Moved:
    """Review, hold, approve or reject. Raises MoveRefusedError.

    `stated` are the fingerprints of both profiles' statements, `record` the learning record,
    `constraints` what is set with it.
    """
    change, now = CHANGES[decided.decision], decided.at
    approves = decided.decision is Decision.APPROVE
    due_at = now + policy.undo if approves else None
    rejects = decided.decision is Decision.REJECT
    down = TurnedDown(now, "rejected", decided.reasons, stated) if rejects else None
    before = Undo(
        now + policy.undo,
        match.state,
        match.since,
        match.said.decision,
        match.due_at,
        record,
        constraints,
        match.said.turned_down,
    )
    said = replace(
        match.said,
        decision=decided,
        undo=before,
        turned_down=down or match.said.turned_down,
    )
    details: Details = {"reasons": ",".join(decided.reasons)} if decided.reasons else {}
    details |= _constraints(constraints)
    return move(match, change, Mover.COORDINATOR, now, details, said=said, due_at=due_at)


def may_undo(match: StoredMatch, now: datetime) -> bool:
    """Whether the last decision can still be taken back."""
    undo = match.said.undo
    return undo is not None and now < undo.until


def undo(match: StoredMatch, now: datetime) -> Moved:
    """As it was before the last decision. Raises MoveRefusedError where it is too late."""
    before = match.said.undo
    target(MatchChange.UNDONE, match.state, Mover.COORDINATOR)
    if before is None or now >= before.until:
        raise MoveRefusedError(MatchChange.UNDONE, match.state)
    rejected = match.state is MatchState.REJECTED
    said = replace(
        match.said,
        decision=before.decision,
        undo=None,
        turned_down=before.turned_down if rejected else match.said.turned_down,
    )
    found = move(
        match,
        MatchChange.UNDONE,
        Mover.COORDINATOR,
        now,
        _constraints(before.constraints),
        state=before.state,
        said=said,
        due_at=before.due_at,
    )
    return replace(found, match=replace(found.match, since=before.since))


def _constraints(kinds: tuple[PairConstraintKind, ...]) -> Details:
    return {"constraints": ",".join(kinds)} if kinds else {}


def assign(match: StoredMatch, assignee: str | None, reviewers: int | None, now: datetime) -> Moved:
    """To a coordinator, or to nobody. Raises MoveRefusedError."""
    return move(
        match,
        MatchChange.ASSIGNED,
        Mover.COORDINATOR,
        now,
        {"assignee": assignee, "reviewers": reviewers},
        assignee=assignee,
        reviewers=reviewers if reviewers is not None else match.reviewers,
    )
