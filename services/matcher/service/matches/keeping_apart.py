"""A rejection whose reason is lasting keeps the pair apart, until it is undone."""

from services.matcher.domain.matches.stored import Decided, StoredMatch
from services.matcher.domain.pairs import Pair, StoredPairConstraint, kinds_of
from services.matcher.store import StoreTransaction
from shared.contracts.constraints import PairConstraintKind


async def keep_apart(
    transaction: StoreTransaction, pair: Pair, decided: Decided
) -> tuple[PairConstraintKind, ...]:
    """The constraints that are new: what holds already stays as it was said."""
    known = await transaction.pairs.between(pair)
    holding = {one.kind for one in known if one.holds_on(decided.at.date())}
    new = tuple(kind for kind in kinds_of(decided.reasons) if kind not in holding)
    for kind in new:
        said = StoredPairConstraint(pair, kind, decided.text, None, decided.by, decided.at)
        await transaction.pairs.put(said)
    return new


async def release(transaction: StoreTransaction, match: StoredMatch) -> None:
    """What the last decision has set, and nobody has said anew since."""
    undo, decided = match.said.undo, match.said.decision
    if undo is None or decided is None:
        return
    for one in await transaction.pairs.between(match.pair):
        untouched = (one.set_at, one.set_by) == (decided.at, decided.by)
        if one.kind in undo.constraints and untouched:
            await transaction.pairs.remove(match.pair, one.kind)
