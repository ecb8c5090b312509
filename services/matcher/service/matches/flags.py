"""What a coordinator should look at first, as it is now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from services.matcher.domain.matches.states import DONE_STATES
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.pairs import Pair
from services.matcher.domain.restrictions import Codes
from services.matcher.store import StoreTransaction
from shared.contracts.why_not import ReasonCode

_OF_ORGANISATIONS = (
    ReasonCode.POLICY_HOLD,
    ReasonCode.AT_CAPACITY,
    ReasonCode.STALE_PROFILE,
)
_OF_PAIRS = (
    ReasonCode.NEVER_AGAIN,
    ReasonCode.CONFLICT_OF_INTEREST,
    ReasonCode.ALREADY_PARTNERS,
)


async def flags_of(
    transaction: StoreTransaction,
    matches: Iterable[StoredMatch],
    *,
    day: date,
    stale_before: datetime | None,
) -> dict[str, tuple[str, ...]]:
    """By match id."""
    matches = list(matches)
    unavailable = await transaction.barred.unavailable(stale_before=stale_before)
    apart = await transaction.pairs.among([match.pair for match in matches], day)
    return {match.id: _flags(match, unavailable, apart) for match in matches}


def _flags(
    match: StoredMatch, unavailable: Mapping[str, Codes], apart: Mapping[Pair, Codes]
) -> tuple[str, ...]:
    if match.state in DONE_STATES:
        return ()
    own = frozenset().union(*(unavailable.get(id, frozenset()) for id in match.pair))
    found = [code.value for code in _OF_ORGANISATIONS if code in own]
    found += [code.value for code in _OF_PAIRS if code in apart.get(match.pair, frozenset())]
    if match.said.again and match.asked_at is None:
        found.append("suggested_again")
    if match.split:
        found.append("disagreement")
    return tuple(found)
