"""Whether an organisation can be asked to a call's team."""

from datetime import date

from services.matcher.domain.calls.stored import TAKEN, StoredCall
from services.matcher.domain.consortium.call_problem import in_conflict
from services.matcher.store import StoreTransaction
from shared.contracts.why_not import ReasonCode
from shared.errors import ProblemError


async def check_eligible(
    transaction: StoreTransaction, call: StoredCall, organisation: str, today: date
) -> None:
    """Raises ProblemError `seat_not_possible` (held by screening) or `seat_conflict`: it may not
    be in one team with the publisher or somebody seated."""
    barred = await transaction.barred.unavailable(stale_before=None)
    if ReasonCode.POLICY_HOLD in barred.get(organisation, ()):
        raise ProblemError("seat_not_possible", id=organisation)
    if others := await conflicts_of(transaction, call, organisation, today):
        raise ProblemError("seat_conflict", id=organisation, others=", ".join(others))


async def conflicts_of(
    transaction: StoreTransaction, call: StoredCall, organisation: str, today: date
) -> list[str]:
    """Those of the team and its publisher that it may not be in one team with."""
    seated = {one.organisation for one in call.seats if one.state in TAKEN}
    ids = sorted({*seated, *([call.publisher] if call.publisher else []), organisation})
    organisations = await transaction.snapshots.active(ids)
    said = await transaction.pairs.apart(ids, today)
    pairs = in_conflict(tuple(organisations.values()), said)
    return sorted(one.other_than(organisation) for one in pairs if organisation in one)
