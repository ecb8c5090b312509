"""What a reader may see of a match; applied in the matcher and again at the edge. Pure.

Staff sees everything. A member sees the matches of its own organisation from when both sides are
asked, and those that it asked for itself; of the other side nothing confidential before both have
said yes, and of the coordinators' work nothing at all.
"""

from shared.contracts.match_document import (
    HistoryEntry,
    Match,
    MatchHistory,
    MatchSide,
)
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import (
    MatchChange,
    MatchOrganisation,
    MatchPage,
    MatchState,
    MatchSummary,
)
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import Answer, Direction, StatementQuote

REVIEWED = frozenset(
    {MatchState.SUGGESTED, MatchState.IN_REVIEW, MatchState.ON_HOLD, MatchState.APPROVED}
)
"""All the same to the member who asked for the introduction: it is being reviewed."""
_STAFF = frozenset({Role.COORDINATOR, Role.OPERATOR, Role.SERVICE})
_TOLD = frozenset(
    {
        *(MatchChange.REQUESTED, MatchChange.ASKED, MatchChange.ANSWERED, MatchChange.DECLINED),
        *(MatchChange.EXPIRED, MatchChange.INTRODUCED, MatchChange.COLLABORATING),
        *(MatchChange.CLOSED, MatchChange.WITHDRAWN),
    }
)
"""Steps that members are told of."""


def is_staff(reader: Principal) -> bool:
    """Whether the reader sees matches as coordinators do."""
    return reader.role in _STAFF


def may_see_match(match: Match | MatchSummary, reader: Principal) -> bool:
    """Whether the reader may know that there is such a match."""
    if is_staff(reader):
        return True
    sides = match.sides if isinstance(match, Match) else match.organisations
    own = next((side for side in sides if reader.speaks_for(side.id)), None)
    if own is None:
        return False
    # Who has said yes before being asked has asked for it.
    answered = own.answer is not SideAnswer.PENDING
    return match.asked_at is not None or answered or match.requested_by == own.id


def match_as_seen_by(match: Match, reader: Principal) -> Match:
    """The document for this reader, who may know of it."""
    if is_staff(reader):
        return match
    told = _told_state(match.state, asked=match.asked_at is not None)
    requested = match.requested_by is not None and reader.speaks_for(match.requested_by)
    reported = match.outcome_by is not None and reader.speaks_for(match.outcome_by)
    one, other = match.sides
    return match.model_copy(
        update={
            "state": told,
            "sides": (_side(one, other, match, reader), _side(other, one, match, reader)),
            "features": (),
            "run": None,
            "requested_by": match.requested_by if requested else None,
            "request_text": match.request_text if requested else None,
            "assignee": None,
            "flags": (),
            "decision": None,
            "rubric": None,
            "comments": (),
            "resuggestion": None,
            "outcome_text": match.outcome_text if reported else None,
            "waiting_for": tuple(id for id in match.waiting_for if reader.speaks_for(id)),
            "since": match.since if told is match.state else match.created_at,
            "due_at": match.due_at if told is match.state else None,
            "history": _history(match.history, match, reader),
        }
    )


def summary_as_seen_by(match: MatchSummary, reader: Principal) -> MatchSummary:
    """A row for this reader, who may know of it."""
    if is_staff(reader):
        return match
    told = _told_state(match.state, asked=match.asked_at is not None)
    requested = match.requested_by is not None and reader.speaks_for(match.requested_by)
    one, other = match.organisations
    return match.model_copy(
        update={
            "state": told,
            "organisations": (_answered(one, other, reader), _answered(other, one, reader)),
            "requested_by": match.requested_by if requested else None,
            "assignee": None,
            "flags": (),
            "comments": 0,
            "waiting_for": tuple(id for id in match.waiting_for if reader.speaks_for(id)),
            "since": match.since if told is match.state else match.created_at,
            "due_at": match.due_at if told is match.state else None,
        }
    )


def page_as_seen_by(page: MatchPage, reader: Principal) -> MatchPage:
    """The rows that the reader may know of."""
    items = (summary_as_seen_by(i, reader) for i in page.items if may_see_match(i, reader))
    return page.model_copy(update={"items": tuple(items)})


def history_as_seen_by(history: MatchHistory, match: Match, reader: Principal) -> MatchHistory:
    """The steps that the reader is told of."""
    return MatchHistory(items=_history(history.items, match, reader))


def told_steps(history: MatchHistory) -> MatchHistory:
    """Without who and why; where the match is not at hand, what is not for members at all goes."""
    kept = (entry for entry in history.items if entry.change in _TOLD)
    silent = {"seq": None, "by": None, "reasons": (), "from_state": None, "to_state": None}
    return MatchHistory(items=tuple(entry.model_copy(update=silent) for entry in kept))


def _told_state(state: MatchState, *, asked: bool) -> MatchState:
    return MatchState.IN_REVIEW if state in REVIEWED and not asked else state


def _answered(
    side: MatchOrganisation, other: MatchOrganisation, reader: Principal
) -> MatchOrganisation:
    if reader.speaks_for(side.id) or _both_answered(side, other):
        return side
    return side.model_copy(update={"answer": SideAnswer.PENDING})


def _both_answered(one: MatchOrganisation, other: MatchOrganisation) -> bool:
    return SideAnswer.PENDING not in (one.answer, other.answer)


def _side(side: MatchSide, other: MatchSide, match: Match, reader: Principal) -> MatchSide:
    open_texts = match.both_agreed
    receives = side.receives and _direction(side.receives, reader, open_texts=open_texts)
    if reader.speaks_for(side.id):
        return side.model_copy(update={"receives": receives, "answered_by": None})
    hidden = {
        "receives": receives,
        "answered_at": None,
        "answered_by": None,
        "reasons": (),
        "text": None,
        "answer": side.answer if _both_answered(side, other) else SideAnswer.PENDING,
    }
    return side.model_copy(update=hidden)


def _direction(direction: Direction, reader: Principal, *, open_texts: bool) -> Direction:
    def may_read(quote: StatementQuote) -> bool:
        return open_texts or not quote.confidential or reader.speaks_for(quote.organisation)

    def quoted(quote: StatementQuote) -> StatementQuote:
        hidden = {"text": None, "id": None, "language": None, "necessity": None}
        return quote if may_read(quote) else quote.model_copy(update=hidden)

    def answered(answer: Answer) -> Answer:
        shown: dict[str, object] = {
            "need": quoted(answer.need),
            "capability": quoted(answer.capability),
        }
        if not (may_read(answer.need) and may_read(answer.capability)):
            shown |= {"similarity": None, "lexical": None}
        return answer.model_copy(update=shown)

    must_haves = direction.unmet[: direction.unmet_must_haves]
    return direction.model_copy(
        update={
            "answers": tuple(map(answered, direction.answers)),
            "unmet": tuple(need for need in direction.unmet if may_read(need)),
            "unmet_must_haves": sum(map(may_read, must_haves)),
        }
    )


def _history(
    entries: tuple[HistoryEntry, ...], match: Match, reader: Principal
) -> tuple[HistoryEntry, ...]:
    if is_staff(reader):
        return entries
    told = (entry for entry in entries if _is_told(entry, match, reader))
    return tuple(
        entry.model_copy(
            update={
                "seq": None,
                "by": None,
                "reasons": (),
                "from_state": None,
                "to_state": None,
                "organisation": _named(entry, match, reader),
            }
        )
        for entry in told
    )


def _is_told(entry: HistoryEntry, match: Match, reader: Principal) -> bool:
    if entry.change not in _TOLD:
        return False
    own = entry.organisation is not None and reader.speaks_for(entry.organisation)
    if entry.change is MatchChange.REQUESTED:
        return own
    if entry.change is MatchChange.ANSWERED:
        return own or _both_answered(*match.sides)
    return True


def _named(entry: HistoryEntry, match: Match, reader: Principal) -> str | None:
    id = entry.organisation
    own = id is not None and reader.speaks_for(id)
    return id if own or match.both_agreed else None
