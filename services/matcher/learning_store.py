"""What learning needs of a transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from services.matcher.domain.learning.off_line import ShownPlace
from services.matcher.domain.learning.stored import (
    ExploredPlace,
    NewRecord,
    NewRun,
    RecordFilter,
    StoredRun,
)
from shared.contracts.decisions import PairRecord


class PairRecords(Protocol):
    """Append only, but for erasure and undoing; of one slot the last one counts."""

    async def claim(self, name: str) -> None:
        """Whoever else writes under this name waits until the transaction ends."""

    async def by_request(self, said_by: str, request_key: str) -> PairRecord | None:
        """What came with this key before."""

    async def last(self, slot: str) -> PairRecord | None:
        """What counts now."""

    async def add(self, record: NewRecord) -> PairRecord:
        """Keep it; it takes the place of the slot's earlier ones."""

    async def retract(self, id: int) -> None:
        """It was undone before anybody was told; what it took the place of counts again."""

    async def page(
        self, wanted: RecordFilter, *, before: int | None, limit: int
    ) -> list[PairRecord]:
        """The next ones, older than id `before`."""

    async def standing(self) -> list[PairRecord]:
        """All that is not superseded and has a snapshot, oldest first."""

    async def count(self) -> int:
        """All records."""

    async def note_shown(self, places: Sequence[ExploredPlace]) -> None:
        """Once a day each; what the organisation was shown long ago is forgotten."""

    async def window_places(self, version: str, since: date, *, limit: int) -> list[ShownPlace]:
        """What this ranking has answered with since that day, the newest first."""

    async def interested(self, since: date) -> dict[tuple[str, str], date]:
        """When organisations have said that they are interested in others, since that day."""

    async def shown(self, organisation: str, partner: str, since: date) -> ExploredPlace | None:
        """Where chance last put the partner in this list."""

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these, on either side: they were erased."""


class LearningRuns(Protocol):
    """Append only."""

    async def claim(self) -> bool:
        """Whether nobody else has claimed it; until the transaction ends."""

    async def add(self, run: NewRun) -> StoredRun:
        """Keep it."""

    async def get(self, id: int) -> StoredRun | None:
        """One of them."""

    async def page(self, *, before: int | None, limit: int) -> list[StoredRun]:
        """The next ones, older than id `before`."""

    async def activate(self, run: int, by: str) -> None:
        """From now on this one's ranking answers; 0 is the hand-set one."""

    async def live(self) -> int:
        """The run whose ranking answers; 0 is the hand-set one."""

    async def before(self, run: int) -> int:
        """The one that answered before this one did for the first time."""
