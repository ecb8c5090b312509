"""What a suggestion is at the moment of a decision, where nothing kept it or it is out of date."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.matches.states import OPEN_STATES
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.matches.suggesting import Evidence, SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.service.matches.cases import may_know
from services.matcher.store import MatcherStore
from shared.contracts.decisions import SuggestionSnapshot
from shared.contracts.matches import MatchState
from shared.contracts.principal import Principal

Explain = Callable[[Pair], Awaitable[SuggestedPair | None]]
"""How the two fit; None where the model is not there yet or has nothing to say."""
Snapshots = Mapping[str, SuggestionSnapshot]
"""By the organisation in whose list the other stood."""

_ASKS = OPEN_STATES | {MatchState.APPROVED, MatchState.ASKED}
"""Later the two are introduced, and stand in nobody's list."""


@dataclass(frozen=True)
class MissingSnapshots:
    """Computed before the decision's transaction: it takes as long as a list of suggestions."""

    store: MatcherStore
    explain: Explain

    async def of(self, id: str, by: Principal, organisation: str | None = None) -> Snapshots:
        """Of the match's lists; empty where what is kept teaches, for the named organisation or
        for either, and where nothing can be computed."""
        async with self.store.reading() as reading:
            match = await reading.matches.get(id)
            kept = await reading.matches.evidence(id)
        if match is None or not _asks(match, by) or _teaches(kept, organisation):
            return {}
        found = await self.explain(match.pair)
        return found.evidence.snapshots if found else {}


def _asks(match: StoredMatch, by: Principal) -> bool:
    return match.state in _ASKS and may_know(match, by)


def _teaches(kept: Evidence, organisation: str | None) -> bool:
    """Of this edition: decisions on older ones say nothing about today's weights."""
    wanted = [kept.snapshots.get(organisation)] if organisation else kept.snapshots.values()
    return any(one and one.ranking_version.split("+")[0] == EDITION for one in wanted)
