"""What the use cases need from storage."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.profiles.domain.stored import KnownVersion, OrganisationState
from shared.contracts.organisation import (
    Kind,
    OrganisationPage,
    OrganisationVersion,
    Status,
    VersionManifest,
    VersionPage,
    VersionStamp,
)
from shared.contracts.principal import Principal
from shared.outbox import OutboxEvent


@dataclass(frozen=True)
class ListFilter:
    """All given conditions must hold; `fields` needs one of its codes."""

    kind: Kind | None = None
    country: str | None = None
    province: str | None = None
    fields: tuple[str, ...] | None = None
    text: str | None = None
    updated_since: datetime | None = None
    status: Status = Status.ACTIVE


@dataclass(frozen=True)
class IdempotentCreation:
    """What an Idempotency-Key was used for."""

    request_hash: bytes
    organisation_id: str


class ConcurrentWriteError(Exception):
    """Another transaction was faster: nothing of this one is stored."""


class IdentifierTakenError(ConcurrentWriteError):
    """Another organisation has this identifier."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class OrganisationStore(Protocol):
    """Organisations and their history, within one transaction."""

    async def find(self, organisation_id: str, *, lock: bool = False) -> OrganisationState | None:
        """Its current state; locked against other writers until the transaction ends."""

    async def find_many(self, ids: Sequence[str]) -> list[OrganisationState]:
        """Those that exist, in id order."""

    async def stamp(self, organisation_id: str) -> VersionStamp | None: ...

    async def manifest(self, after: str | None, limit: int) -> VersionManifest: ...

    async def known(self, ids: Sequence[str]) -> dict[str, KnownVersion]: ...

    async def holders(self, field: str, values: Sequence[str]) -> dict[str, str]:
        """Which organisation has each identifier; `field` is `uscc` or `ror`."""

    async def write(
        self, states: Sequence[OrganisationState], *, author: str, at: datetime | None = None
    ) -> None:
        """Store each as the successor of version - 1 (each id once), with its history.

        `at` is when, where that is not when their members changed them.

        Raises ConcurrentWriteError unless all of them still are, IdentifierTakenError.
        """

    async def erase(self, state: OrganisationState, *, author: str) -> None:
        """Store the tombstone, and remove the text from the row and from all its history."""

    async def append(self, events: Sequence[OutboxEvent]) -> None:
        """Events to publish after the commit."""

    async def page(
        self, wanted: ListFilter, reader: Principal, *, after: str | None, limit: int
    ) -> OrganisationPage:
        """Rows in id order, with what the reader may see only."""

    async def history(
        self, organisation_id: str, *, before: int | None, limit: int
    ) -> VersionPage: ...

    async def version(self, organisation_id: str, version: int) -> OrganisationVersion | None: ...

    async def claim_key(self, subject: str, key: str) -> bool:
        """Hold an Idempotency-Key until the transaction ends; False while another does."""

    async def creation(
        self, subject: str, key: str, *, since: datetime
    ) -> IdempotentCreation | None: ...

    async def remember(
        self, subject: str, key: str, creation: IdempotentCreation, *, now: datetime
    ) -> None: ...

    async def forget_keys(self, *, before: datetime) -> int: ...


class OrganisationStores(Protocol):
    """Opens stores."""

    def transaction(self) -> AbstractAsyncContextManager[OrganisationStore]:
        """Committed when the block ends, rolled back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[OrganisationStore]:
        """For reads only."""
