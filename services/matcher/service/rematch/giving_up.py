"""When a job fails as a whole."""

from dataclasses import dataclass

from services.matcher.domain.rematch.stored import FINISH
from services.matcher.service.rematch.problems import failed_for
from services.matcher.store import MatcherStore
from shared.contracts.rematch import RematchState

_TIMES = 5


@dataclass(frozen=True)
class GiveUp:
    """What was computed is let go; nothing of it has been shown."""

    store: MatcherStore
    times: int = _TIMES

    async def inputs_changed(self, job: str) -> None:
        """The model or its statistics are others than the job began with."""
        async with self.store.transaction() as transaction:
            problem = failed_for("rematch_inputs_changed")
            await transaction.rematch.jobs.move(job, RematchState.FAILED, problem=problem)

    async def too_often(self, job: str, number: int, error: str) -> bool:
        """Whether it had to be given up."""
        async with self.store.transaction() as transaction:
            rematch = transaction.rematch
            last = number == FINISH
            failures = (
                await rematch.finishes.failures(job)
                if last
                else await rematch.partitions.failures(job, number)
            )
            if failures < self.times:
                return False
            problem = failed_for("rematch_failed", {"times": failures, "error": error})
            await rematch.jobs.move(job, RematchState.FAILED, problem=problem)
            return True
