"""What all use cases on matches share: the store, the rules, the clock, and how one is opened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.states import MoveRefusedError
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.match_requests import SideAnswer
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.http.preconditions import Precondition
from shared.match_visibility import is_staff


@dataclass(frozen=True)
class Cases:
    """Given to every use case; the clock is injected, so that tests need not wait."""

    store: MatcherStore
    policy: MatchPolicy = field(default_factory=MatchPolicy)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def may_know(match: StoredMatch, reader: Principal) -> bool:
    """Whether the reader may know of it; see `shared.match_visibility`."""
    if is_staff(reader):
        return True
    own = next((id for id in match.pair if reader.speaks_for(id)), None)
    if own is None:
        return False
    answered = match.side(own).answer is not SideAnswer.PENDING
    return match.asked_at is not None or answered or match.requested_by == own


async def found(transaction: StoreTransaction, id: str, reader: Principal) -> StoredMatch:
    """To be read. Raises ProblemError("not_found")."""
    return _known(await transaction.matches.get(id), id, reader)


async def opened(
    transaction: StoreTransaction,
    id: str,
    reader: Principal,
    expected: Precondition,
    *,
    introduces: bool = False,
    required: bool = False,
) -> StoredMatch:
    """Locked, to be changed; `introduces` holds both sides' capacity first.

    Raises ProblemError `not_found`, `stale_version`, and `version_required` where it is.
    """
    if introduces:
        known = _known(await transaction.matches.get(id), id, reader)
        await transaction.matches.hold_capacity(known.pair)
    match = _known(await transaction.matches.lock(id), id, reader)
    if required:
        expected.require(match.version)
    expected.allow(match.version)
    return match


def refused(error: MoveRefusedError) -> ProblemError:
    """A step that does not begin where the match stands."""
    return ProblemError("match_state", action=error.change.value, state=error.state.value)


def _known(match: StoredMatch | None, id: str, reader: Principal) -> StoredMatch:
    if match is None or not may_know(match, reader):
        raise ProblemError("not_found", what="match", id=id)
    return match
