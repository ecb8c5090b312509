"""What may leave of matches for this reader, whatever the matcher sent. Pure."""

from shared.contracts.match_document import ContactsRight, Match, MatchHistory
from shared.contracts.matches import MatchPage
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.match_visibility import (
    is_staff,
    match_as_seen_by,
    may_see_match,
    page_as_seen_by,
    told_steps,
)


def match(found: Match, reader: Principal) -> Match:
    """Raises ProblemError("not_found") where the reader may not know of it."""
    if not may_see_match(found, reader):
        raise ProblemError("not_found", what="match", id=found.id)
    return match_as_seen_by(found, reader)


def match_page(page: MatchPage, reader: Principal) -> MatchPage:
    """The rows that the reader may know of."""
    return page_as_seen_by(page, reader)


def match_history(history: MatchHistory, reader: Principal) -> MatchHistory:
    """Without who and why, for members."""
    return history if is_staff(reader) else told_steps(history)


def contacts_right(right: ContactsRight, reader: Principal) -> ContactsRight:
    """Raises ProblemError("not_found") for somebody else's."""
    if is_staff(reader) or any(reader.speaks_for(id) for id in right.organisations):
        return right
    raise ProblemError("not_found", what="match", id=right.match_id)
