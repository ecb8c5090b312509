"""What the use cases of calls need of a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.matcher.domain.calls.stored import (
    CallFilter,
    Place,
    ReaderScope,
    StoredCall,
    StoredSeat,
)
from shared.contracts.calls import CallSummary


@dataclass(frozen=True)
class RequestKey:
    """An Idempotency-Key, and what came with it."""

    by: str
    key: str
    digest: bytes


class Calls(Protocol):
    """Reads and writes within the caller's transaction."""

    async def get(self, id: str) -> StoredCall | None:
        """One call with its seats."""

    async def lock(self, id: str) -> StoredCall | None:
        """The same; nobody else changes it until the transaction ends."""

    async def add(self, call: StoredCall, key: RequestKey | None = None) -> None:
        """A new one."""

    async def save(self, call: StoredCall, key: RequestKey | None = None) -> StoredCall:
        """A locked one, as it is now; the seat that has no id yet gets one, and the key."""

    async def by_request(self, key: RequestKey) -> str | None:
        """The id of the call that was made with this key. Raises ValueError where the key came
        with something else."""

    async def seat_by_request(self, call: str, key: RequestKey) -> bool:
        """Whether a seat of the call was made with this key. Raises ValueError as above."""

    async def by_reference(self, publisher: str | None, references: Sequence[str]) -> list[str]:
        """Ids of a publisher's calls with these references, newest last."""

    async def page(
        self, wanted: CallFilter, scope: ReaderScope, *, before: Place | None, limit: int
    ) -> list[CallSummary]:
        """The next ones, newest change first, of those that the reader may know of."""

    async def seats_of(
        self, organisation: str, *, before: Place | None, limit: int
    ) -> list[tuple[StoredCall, StoredSeat]]:
        """Seats that the organisation was told of, newest change first; calls without seats."""

    async def needing_attention(self, now: datetime, limit: int) -> list[str]:
        """Ids of open calls with an overdue or vacant seat, or a seat of somebody who is gone."""

    async def gone(self, organisations: Sequence[str]) -> frozenset[str]:
        """Those that were withdrawn or erased."""

    async def forget(self, organisations: Sequence[str]) -> None:
        """Calls and words of these: they were erased."""
