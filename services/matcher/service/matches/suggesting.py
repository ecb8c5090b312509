"""What a run suggests: one match for each unordered pair, whatever run suggests it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import uuid4

from services.matcher.domain.matches.again import Refusal, again
from services.matcher.domain.matches.endings import withdraw
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.states import DONE_STATES, OPEN_STATES
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.matches.suggesting import (
    SuggestedPair,
    first_suggested,
    refreshed,
    suggested_again,
)
from services.matcher.domain.pairs import Pair
from services.matcher.service.matches.cases import Cases
from services.matcher.service.matches.journal import PLATFORM, record
from services.matcher.store import StoreTransaction
from shared.contracts.matches import MatchChange, MatchOrigin, MatchState

_PORTION = 500


@dataclass
class SuggestedReport:
    """What became of a run's pairs."""

    added: int = 0
    refreshed: int = 0
    again: int = 0
    """Turned down before, and suggested again."""
    in_hand: int = 0
    """Decided on already, and left as they are."""
    absent: int = 0
    """One of the two is gone."""
    withdrawn: int = 0
    refused: list[tuple[Pair, Refusal]] = field(default_factory=list)
    """Turned down, and too early to be suggested again: since when, and until when."""


@dataclass(frozen=True)
class RecordSuggested:
    """Idempotent: the same pairs again change nothing but the run's name."""

    cases: Cases

    async def record(self, pairs: Iterable[SuggestedPair], run: str) -> SuggestedReport:
        """In portions, each a transaction of its own."""
        report = SuggestedReport()
        remaining = iter(pairs)
        while portion := list(islice(remaining, _PORTION)):
            async with self.cases.store.transaction() as transaction:
                await self.record_in(transaction, portion, run, report)
        return report

    async def record_in(
        self,
        transaction: StoreTransaction,
        pairs: Sequence[SuggestedPair],
        run: str,
        report: SuggestedReport | None = None,
    ) -> SuggestedReport:
        """In the caller's transaction, which holds the audit trail from then until its end."""
        report, now = report or SuggestedReport(), self.cases.now()
        wanted = await self._present(transaction, pairs, report)
        known = await transaction.matches.lock_pairs(list(wanted))
        steps = await self._first(transaction, wanted, known, run, now, report)
        kept = [refreshed(known[p], wanted[p], run) for p in known if known[p].state in OPEN_STATES]
        report.refreshed += len(kept)
        begun = await self._again(transaction, wanted, known, run, now, report)
        report.in_hand += len(known) - len(kept) - _done(known)
        changed = [*kept, *(step.match for step in begun)]
        await transaction.matches.save(changed)
        explained = [*changed, *(step.match for step in steps)]
        await transaction.matches.put_evidence(
            [(match.id, why) for match in explained if (why := wanted[match.pair].evidence).said]
        )
        await record(transaction, [*steps, *begun], PLATFORM, told=False)
        return report

    async def withdraw_in(
        self, transaction: StoreTransaction, pairs: Sequence[Pair], run: str
    ) -> int:
        """Suggestions of runs that the last run does not make any more, and nobody has touched."""
        now = self.cases.now()
        known = await transaction.matches.lock_pairs(sorted(set(pairs)))
        steps = [
            _taken_back(withdraw(match, None, now), run)
            for match in known.values()
            if _untouched(match)
        ]
        await transaction.matches.save([step.match for step in steps])
        await record(transaction, steps, PLATFORM, told=False)
        return len(steps)

    async def _present(
        self,
        transaction: StoreTransaction,
        pairs: Sequence[SuggestedPair],
        report: SuggestedReport,
    ) -> dict[Pair, SuggestedPair]:
        """Of organisations that are there, in the order in which pairs are locked."""
        cards = await transaction.cards.of(sorted({id for one in pairs for id in one.pair}))
        gone = {id for id, card in cards.items() if not card.active}
        present = {one.pair: one for one in pairs if not gone & set(one.pair)}
        report.absent += len(pairs) - len(present)
        return dict(sorted(present.items()))

    async def _first(
        self,
        transaction: StoreTransaction,
        wanted: dict[Pair, SuggestedPair],
        known: dict[Pair, StoredMatch],
        run: str,
        now: datetime,
        report: SuggestedReport,
    ) -> list[Moved]:
        new = [
            first_suggested(uuid4().hex, one, run, now)
            for pair, one in wanted.items()
            if pair not in known
        ]
        added = await transaction.matches.add(new)
        report.added += len(added)
        return [Moved(match, MatchChange.SUGGESTED, match.state, {"run": run}) for match in added]

    async def _again(
        self,
        transaction: StoreTransaction,
        wanted: dict[Pair, SuggestedPair],
        known: dict[Pair, StoredMatch],
        run: str,
        now: datetime,
        report: SuggestedReport,
    ) -> list[Moved]:
        done = [match for match in known.values() if match.state in DONE_STATES]
        stated = await transaction.cards.stated(sorted({id for one in done for id in one.pair}))
        steps = []
        for match in done:
            own = {id: stated[id] for id in match.pair if id in stated}
            found = again(match.said.turned_down, own, now, self.cases.policy)
            if isinstance(found, Refusal):
                report.refused.append((match.pair, found))
            else:
                steps.append(suggested_again(match, wanted[match.pair], found, run, now))
        report.again += len(steps)
        return steps


def _done(known: dict[Pair, StoredMatch]) -> int:
    return sum(match.state in DONE_STATES for match in known.values())


def _untouched(match: StoredMatch) -> bool:
    seen = match.assignee or match.requested_by or match.comments
    return match.state is MatchState.SUGGESTED and match.origin is MatchOrigin.RUN and not seen


def _taken_back(step: Moved, run: str) -> Moved:
    details = {"because": "not_suggested_any_more", "run": run}
    return Moved(step.match, step.change, step.before, {**step.details, **details})
