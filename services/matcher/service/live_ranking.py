"""Which weights and which calibration answer."""

import time
from dataclasses import dataclass, replace

from services.matcher.domain.calibration import PRIOR
from services.matcher.domain.learning.document import from_document
from services.matcher.domain.learning.learned_ranking import EDITION, HAND_SET, LearnedRanking
from services.matcher.domain.learning.stored import HAND_SET_RUN
from services.matcher.domain.stored import IndexState
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.store import MatcherStore
from shared.contracts.suggestions import SuggestionSide

HAND_SET_VERSION = "hand-set"
_SECONDS = 5.0


def version_of(run: int) -> str:
    """What a run's ranking is called."""
    return HAND_SET_VERSION if run == HAND_SET_RUN else f"learned-{run}"


@dataclass(frozen=True)
class NamedRanking:
    """A ranking and what it is called."""

    version: str
    ranking: LearnedRanking
    made_with: tuple[str, int] | None = None
    """The model and the statistics' version that it was learned with; None fits all: other vectors
    give other sums, of which the calibration knows nothing."""

    def applied(self, scored: ScoredPartner) -> ScoredPartner:
        """With the probability that is shown, and what each feature adds to it."""
        if self.ranking is HAND_SET:
            return scored
        return replace(
            scored,
            score=self.ranking.score(scored.score, scored.features),
            features=self.ranking.features(scored.features),
            hand_set=scored.score,
        )

    def of_side(self, side: SuggestionSide) -> "NamedRanking":
        """For a list in one direction without the calibration, which was fitted on mutual sums.

        What was learned of the features beside the text holds for any list.
        """
        if side is SuggestionSide.MUTUAL or self.ranking is HAND_SET:
            return self
        return replace(self, ranking=replace(self.ranking, calibration=PRIOR))


NOTHING_LEARNED = NamedRanking(HAND_SET_VERSION, HAND_SET)


class LiveRanking:
    """Asked for at most every five seconds, so that all processes follow a change."""

    def __init__(self, store: MatcherStore, *, seconds: float = _SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._run = HAND_SET_RUN
        self._found = NOTHING_LEARNED
        self._asked: float | None = None

    async def current(self, state: IndexState) -> NamedRanking:
        """The hand-set one where the live one was learned with another model, other statistics or
        another edition."""
        if self._asked is None or time.monotonic() - self._asked >= self._seconds:
            await self._follow()
            self._asked = time.monotonic()
        fits = self._found.made_with in (None, (state.model, state.statistics_version))
        return self._found if fits else NOTHING_LEARNED

    def changed(self) -> None:
        """Ask again at the next request."""
        self._asked = None

    async def _follow(self) -> None:
        async with self._store.reading() as reading:
            live = await reading.runs.live()
            if live == self._run:
                return
            stored = await reading.runs.get(live)
        self._run = live
        run = stored.run if stored else None
        if run is None or run.ranking is None or run.edition != EDITION:
            self._found = NOTHING_LEARNED
            return
        made_with = (run.model, run.statistics_version)
        self._found = NamedRanking(version_of(live), from_document(run.ranking), made_with)
