"""What the use cases need of PostgreSQL: one transaction, with all that is stored in reach."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from services.matcher.call_store import Calls
from services.matcher.constraint_store import (
    DeclinedPairs,
    Introductions,
    PairConstraints,
    PolicyHolds,
    Unavailable,
)
from services.matcher.domain.language_correction import Group
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState, NewDeadLetter, StoredOrganisation
from services.matcher.learning_store import LearningRuns, PairRecords
from services.matcher.match_store import (
    AuditTrail,
    Events,
    Matches,
    MatchLists,
    MatchNotes,
    OrganisationCards,
    RequestKeys,
)
from services.matcher.rematch_store import RematchRecords
from shared.contracts.operations import DeadLetter


class Snapshots(Protocol):
    """Reads and writes within the caller's transaction."""

    async def lock(self, ids: Sequence[str]) -> dict[str, StoredOrganisation]:
        """Lock the rows of all ids, in id order, until the transaction ends; unknown ones too."""

    async def save(self, organisations: Sequence[StoredOrganisation]) -> None:
        """Write these rows, known to be locked."""

    async def remove(self, ids: Sequence[str]) -> None:
        """Forget rows altogether, the tombstones too: only for what the truth does not know."""

    async def get(self, id: str) -> StoredOrganisation | None:
        """One organisation in any state; None when it was never taken in."""

    async def active(self, ids: Sequence[str]) -> dict[str, MatchedOrganisation]:
        """Those of the ids that are active."""

    async def page(self, *, after: str | None, limit: int) -> list[StoredOrganisation]:
        """The next organisations in id order, in any state."""

    async def at(self, versions: Mapping[str, int]) -> dict[str, MatchedOrganisation]:
        """Active organisations as they were at these versions, with all their statements: as they
        are now, or as they were kept for the rematch jobs at work."""

    async def versions(self, ids: Sequence[str]) -> dict[str, int]:
        """The version of each known id, without reading its snapshot."""

    async def excluding(self, id: str) -> frozenset[str]:
        """Organisations that will not work with this one."""

    async def used_digests(self, digests: Sequence[bytes]) -> frozenset[bytes]:
        """Those of the digests that a stored statement still has."""

    async def count_statements(self) -> int:
        """Texts that active organisations state, windows of long ones too."""

    async def count_active(self) -> int:
        """Active organisations."""

    async def count_groups(self) -> dict[Group, int]:
        """Statements of the active ones by side and language."""


class DeadLetters(Protocol):
    """Newest first, each message once however often it comes."""

    async def add(self, letter: NewDeadLetter) -> None:
        """Keep it, unless it is kept already."""

    async def page(self, *, before: int | None, limit: int) -> list[DeadLetter]:
        """The next ones, older than id `before`."""

    async def get(self, id: int) -> DeadLetter | None:
        """One of them."""

    async def open(self) -> list[DeadLetter]:
        """All that name an organisation and were not replayed, oldest first."""

    async def count_open(self) -> int:
        """Those not replayed."""

    async def mark_replayed(self, id: int) -> None:
        """It was taken in after all."""

    async def remove(self, id: int) -> None:
        """There is nothing to do about it any more."""


class IndexStates(Protocol):
    """One row; writers of the index pass the gate, a swap closes it until its commit."""

    async def get(self) -> IndexState | None:
        """The live collection; None before the first start."""

    async def put(self, state: IndexState) -> None:
        """Make this collection the live one."""

    async def note_indexed(self) -> None:
        """A change was taken in just now."""

    async def note_erased(self) -> None:
        """Something was erased from the live collection; behind the gate."""

    async def moment(self) -> datetime:
        """By the database's clock; behind a closed gate, every erasure is before or after it."""

    async def forget_erased(self, before: datetime) -> None:
        """The live collection was built after this moment."""

    async def pass_gate(self) -> None:
        """Keep a swap out until this transaction ends; waits for one in progress."""

    async def close_gate(self) -> None:
        """Keep every other writer out until this transaction ends."""

    async def rebuilding(self) -> bool:
        """Whether any process builds another collection and has shown signs of life."""

    async def begin_rebuild(self, owner: str) -> bool:
        """Whether nobody else builds one; behind the closed gate."""

    async def touch_rebuild(self, owner: str) -> None:
        """A sign of life."""

    async def end_rebuild(self, owner: str) -> None:
        """It is over, for better or worse."""


class StatisticsVersions(Protocol):
    """Append only; version 0 is the shipped one and has no row."""

    async def add(self, model: str, statistics: dict[str, Any]) -> int:
        """The new version's number."""

    async def get(self, version: int) -> dict[str, Any] | None:
        """One version; None when there is no such."""

    async def fitted_at(self, version: int) -> datetime | None:
        """When it was fitted; None for the shipped one."""


class StoreTransaction(Protocol):
    """Everything read and written here is one transaction."""

    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def letters(self) -> DeadLetters: ...
    @property
    def index(self) -> IndexStates: ...
    @property
    def statistics(self) -> StatisticsVersions: ...
    @property
    def pairs(self) -> PairConstraints: ...
    @property
    def declined(self) -> DeclinedPairs: ...
    @property
    def introductions(self) -> Introductions: ...
    @property
    def holds(self) -> PolicyHolds: ...
    @property
    def barred(self) -> Unavailable: ...
    @property
    def records(self) -> PairRecords: ...
    @property
    def runs(self) -> LearningRuns: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def events(self) -> Events: ...
    @property
    def matches(self) -> Matches: ...
    @property
    def queue(self) -> MatchLists: ...
    @property
    def notes(self) -> MatchNotes: ...
    @property
    def request_keys(self) -> RequestKeys: ...
    @property
    def cards(self) -> OrganisationCards: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def rematch(self) -> RematchRecords: ...


class MatcherStore(Protocol):
    """The matcher's part of PostgreSQL."""

    def transaction(self) -> AbstractAsyncContextManager[StoreTransaction]:
        """Committed when the block ends, rolled back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[StoreTransaction]:
        """For reads of which each stands alone; nothing may be written."""

    async def server_version(self) -> str:
        """PostgreSQL's version, which also proves that it answers."""
