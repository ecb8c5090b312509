"""What matches, and whoever else keeps an audit trail, need of a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.matcher.domain.cards import OrganisationCard
from services.matcher.domain.matches.queue import MatchFilter, QueuePlace
from services.matcher.domain.matches.request_key import KeyUse
from services.matcher.domain.matches.rubric import Review
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.matches.suggesting import Evidence
from services.matcher.domain.pairs import Pair
from shared.audit_chain import Head
from shared.audit_entries import AuditFilter, NewAuditEntry
from shared.audit_findings import LinkedEntry
from shared.contracts.audit import AuditEntry
from shared.contracts.match_document import MatchComment
from shared.contracts.matches import MatchSort, MatchState
from shared.outbox import OutboxEvent


class AuditTrail(Protocol):
    """Append only."""

    async def append(self, entries: Sequence[NewAuditEntry]) -> None:
        """Add them; others who add wait until this transaction ends, so do it last."""

    async def page(
        self, wanted: AuditFilter, *, before: int | None, limit: int
    ) -> list[AuditEntry]:
        """Newest first, older than number `before`."""

    async def of(self, kind: str, subject: str, limit: int) -> list[AuditEntry]:
        """The last ones about one subject, oldest first."""

    async def linked(self, *, after: int, limit: int) -> list[LinkedEntry]:
        """The next ones in the order of the chain, to be verified."""

    async def head(self) -> Head:
        """Where its writer says that it ends."""


class Events(Protocol):
    """What others are told after the commit."""

    async def append(self, events: Sequence[OutboxEvent]) -> None:
        """Published in this order."""


class Matches(Protocol):
    """One for each unordered pair, changed under its lock.

    Whoever locks more than one thing does it in this order: organisations' rows, capacity,
    matches by their pairs, the audit trail.
    """

    async def get(self, id: str) -> StoredMatch | None:
        """As it is."""

    async def lock(self, id: str) -> StoredMatch | None:
        """As it is; nobody else changes it until the transaction ends."""

    async def lock_pairs(self, pairs: Sequence[Pair]) -> dict[Pair, StoredMatch]:
        """Those of the pairs that have one, locked in the order of their pairs."""

    async def lock_of(
        self, organisations: Sequence[str], states: Sequence[MatchState]
    ) -> list[StoredMatch]:
        """All of these organisations' that are in one of the states, locked."""

    async def hold_capacity(self, organisations: Sequence[str]) -> None:
        """Nobody else introduces these until the transaction ends."""

    async def add(self, matches: Sequence[StoredMatch]) -> list[StoredMatch]:
        """Those that are new: a pair that has got a match meanwhile is left as it is."""

    async def save(self, matches: Sequence[StoredMatch]) -> None:
        """Locked ones, as they are now."""

    async def refresh_facts(self, organisations: Sequence[str]) -> None:
        """Copy what lists are filtered by from these organisations, as they are now."""

    async def put_evidence(self, found: Sequence[tuple[str, Evidence]]) -> None:
        """Why they were suggested, by match id; replaces what was there, but for the snapshots of
        organisations that the new one says nothing of."""

    async def evidence(self, id: str) -> Evidence:
        """Empty where nothing was computed."""

    async def forget_evidence(self, ids: Sequence[str]) -> None:
        """Of matches whose organisation was erased."""

    async def due(self, now: datetime, *, nudge_before: datetime, limit: int) -> list[str]:
        """Ids of what is to be asked, nudged or let expire now."""

    async def open_requests(self, organisation: str) -> int:
        """How many introductions it has asked for that nobody has decided on."""

    async def agreed(self, *, after: str, limit: int) -> list[str]:
        """Ids of those that wait for their introduction, in their order."""


class MatchLists(Protocol):
    """The review queue."""

    async def page(
        self, wanted: MatchFilter, sort: MatchSort, *, after: QueuePlace | None, limit: int
    ) -> list[StoredMatch]:
        """The next ones in this order."""

    async def counts(self, wanted: MatchFilter) -> dict[MatchState, int]:
        """By state, whatever states the filter names."""


class MatchNotes(Protocol):
    """Comments and reviewers' scores."""

    async def comment(self, match: str, text: str, by: str, at: datetime) -> MatchComment:
        """Add one."""

    async def comments(self, match: str, limit: int) -> list[MatchComment]:
        """The last ones, oldest first."""

    async def review(self, match: str, review: Review) -> None:
        """A reviewer's scores; they replace the reviewer's own."""

    async def reviews(self, match: str) -> list[Review]:
        """In the order of their time."""

    async def forget(self, matches: Sequence[str]) -> None:
        """All that was written on these: an organisation was erased."""


class RequestKeys(Protocol):
    """Idempotency-Keys of what creates something."""

    async def claim(self, by: str, key: str) -> KeyUse | None:
        """Hold the key until the transaction ends; what it was used for before."""

    async def remember(self, by: str, key: str, use: KeyUse, at: datetime) -> None:
        """Keep what it was used for."""

    async def forget(self, before: datetime) -> None:
        """Old ones."""


class OrganisationCards(Protocol):
    """What lists show of organisations."""

    async def of(self, ids: Sequence[str]) -> dict[str, OrganisationCard]:
        """Those of the ids that were ever taken in."""

    async def stated(self, ids: Sequence[str]) -> dict[str, str]:
        """A fingerprint of all that each of them states; of unknown ones none."""
