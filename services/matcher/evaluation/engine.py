"""What is evaluated."""

from typing import Protocol

from services.matcher.evaluation.dataset import Corpus, Query

DEPTH = 1000
"""How much of a ranking is kept."""

Ranking = list[tuple[str, float]]
"""(organisation id, score), best first."""


class Progress(Protocol):
    """Told now and then how far a stage is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class RankingEngine(Protocol):
    """Ranks the organisations of a corpus. It never sees a judgement."""

    @property
    def name(self) -> str: ...

    async def prepare(self, corpus: Corpus, progress: Progress) -> None:
        """Embed, index, fit unlabelled statistics; called once, before any `rank`."""

    async def rank(self, query: Query) -> Ranking:
        """All candidates, or the best 1,000.

        Honours `candidates`, `exclude` and the wanted `activity`, and leaves out the one that
        asks. Scores are finite and comparable across queries.
        """
