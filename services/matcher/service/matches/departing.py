"""Matches of organisations that change, go, or are erased."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.matcher.domain.matches.endings import forget_texts, withdraw
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.states import DONE_STATES
from services.matcher.domain.stored import StoredOrganisation
from services.matcher.service.matches.journal import PLATFORM, record
from services.matcher.store import StoreTransaction
from shared.contracts.matches import MatchState
from shared.contracts.organisation import Status

_GOING_ON = tuple(state for state in MatchState if state not in DONE_STATES)


async def follow_organisations(
    transaction: StoreTransaction, changed: Sequence[StoredOrganisation]
) -> None:
    """Called as they are taken in, in the same transaction: the queue knows their new names, and
    no match outlives one of its two."""
    await transaction.matches.refresh_facts([one.id for one in changed])
    gone = [one.id for one in changed if one.status is not Status.ACTIVE]
    if not gone:
        return
    erased = [one.id for one in changed if one.status is Status.ERASED]
    steps = await _withdrawn(transaction, gone)
    if erased:
        await _forgotten(transaction, erased)
    await record(transaction, steps, PLATFORM)


async def _withdrawn(transaction: StoreTransaction, gone: Sequence[str]) -> list[Moved]:
    now, ids = datetime.now(UTC), set(gone)
    matches = await transaction.matches.lock_of(gone, _GOING_ON)
    steps = [withdraw(match, next(id for id in match.pair if id in ids), now) for match in matches]
    await transaction.matches.save([step.match for step in steps])
    for match in matches:
        await transaction.introductions.close(match.pair, now)
    return steps


async def _forgotten(transaction: StoreTransaction, erased: Sequence[str]) -> None:
    matches = await transaction.matches.lock_of(erased, tuple(MatchState))
    await transaction.matches.save([forget_texts(match) for match in matches])
    ids = [match.id for match in matches]
    await transaction.notes.forget(ids)
    await transaction.matches.forget_evidence(ids)
