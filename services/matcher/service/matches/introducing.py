"""From asking both sides to the introduction: what happens once both have said yes."""

from collections.abc import Sequence
from datetime import datetime

from services.matcher.domain.matches.answers import ask, introduce, wait
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.journal import PLATFORM, mover_of
from services.matcher.service.matches.learned_from import keep_record
from services.matcher.service.matches.obstacles import obstacles
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import RecordKind, Verdict
from shared.contracts.matches import MatchState
from shared.contracts.principal import Principal


async def asked(
    cases: Cases, transaction: StoreTransaction, match: StoredMatch, by: Principal, now: datetime
) -> list[Moved]:
    """Both sides are asked; where both have asked for it themselves, they are introduced."""
    step = ask(match, mover_of(by), now, cases.policy)
    return [step, *await introduced_if_agreed(transaction, step.match, now)]


async def introduced_if_agreed(
    transaction: StoreTransaction, match: StoredMatch, now: datetime
) -> list[Moved]:
    """Where both have capacity free; otherwise it waits, and says for whom.

    The caller holds both sides' capacity and the match.
    """
    if match.state is not MatchState.ASKED or not match.agreed:
        return []
    found = await obstacles(transaction, match.pair, now)
    if found.barring or found.full:
        waiting = wait(match, found.full, now)
        return [waiting] if waiting else []
    return [await introduced(transaction, match, PLATFORM, now)]


async def introduced(
    transaction: StoreTransaction, match: StoredMatch, by: Principal, now: datetime
) -> Moved:
    """It takes capacity from both, and is learned from. Raises MoveRefusedError."""
    step = introduce(match, mover_of(by), now)
    await transaction.introductions.open(match.pair, now)
    await keep_record(transaction, match, RecordKind.INTRODUCTION, Verdict.INTRODUCED, by)
    return step


def last(match: StoredMatch, steps: Sequence[Moved]) -> StoredMatch:
    """As it is after these steps."""
    return steps[-1].match if steps else match
