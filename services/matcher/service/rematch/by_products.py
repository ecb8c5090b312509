"""`exact`: candidates by blocked matrix products over the embedding store; needs no index."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from services.matcher.candidate_ports import PartitionStrategy
from services.matcher.domain.rematch.findings import Findings, FoundPartner
from services.matcher.domain.rematch.planning import candidates_of
from services.matcher.domain.rematch.stored import Basis, StoredJob
from services.matcher.service.rematch.computing import Progress
from services.matcher.store import MatcherStore

ReadStrategy = Callable[[Basis, datetime], Awaitable[PartitionStrategy]]
"""All profiles and vectors, with a job's own statistics. Raises InputsChangedError."""


class ByProducts:
    """Keeps what was read for the last job; partitions of one job follow each other."""

    def __init__(self, store: MatcherStore, read: ReadStrategy) -> None:
        self._store = store
        self._read = read
        self._job: str | None = None
        self._strategy: PartitionStrategy | None = None

    async def findings(
        self, job: StoredJob, organisations: Sequence[str], progress: Progress
    ) -> list[Findings]:
        """See `Compute`. An organisation that is not there any more has none."""
        strategy = await self._of(job)
        limit = candidates_of(job.job.options.places)
        found = await strategy.candidates(organisations, limit)
        progress.organisations = len(organisations)
        async with self._store.transaction() as transaction:
            versions = await transaction.snapshots.versions(organisations)
        return [
            Findings(
                id,
                versions.get(id, 0),
                tuple(FoundPartner(one.organisation, _chance(one.value)) for one in found[id]),
            )
            for id in organisations
            if id in found
        ]

    def forget(self) -> None:
        """Give the memory back."""
        self._job = self._strategy = None

    async def _of(self, job: StoredJob) -> PartitionStrategy:
        if self._strategy is None or self._job != job.job.id:
            self.forget()
            self._strategy = await self._read(job.basis, datetime.now(UTC))
            self._job = job.job.id
        return self._strategy


def _chance(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 6)
