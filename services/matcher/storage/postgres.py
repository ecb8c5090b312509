"""The store in PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from services.matcher.storage.calls import Calls
from services.matcher.storage.cards import OrganisationCards
from services.matcher.storage.dead_letters import DeadLetters
from services.matcher.storage.declined_pairs import DeclinedPairs
from services.matcher.storage.events import Events
from services.matcher.storage.index_state import IndexStates
from services.matcher.storage.learning_runs import LearningRuns
from services.matcher.storage.match_lists import MatchLists
from services.matcher.storage.match_notes import MatchNotes, RequestKeys
from services.matcher.storage.matches import Matches
from services.matcher.storage.pair_constraints import Introductions, PairConstraints
from services.matcher.storage.pair_records import PairRecords
from services.matcher.storage.rematch_records import RematchRecords
from services.matcher.storage.snapshot_cache import SnapshotCache
from services.matcher.storage.snapshots import OrganisationSnapshots
from services.matcher.storage.statistics import StatisticsVersions
from services.matcher.storage.tables import MatcherTables
from services.matcher.storage.unavailable import PolicyHolds, Unavailable
from services.matcher.store import StoreTransaction
from shared.audit_trail import AuditTrail
from shared.db import Database


class PostgresTransaction:
    """All stores over one connection; each is made when it is first used."""

    def __init__(
        self, tables: MatcherTables, connection: AsyncConnection, cache: SnapshotCache
    ) -> None:
        self._tables = tables
        self._connection = connection
        self._cache = cache

    @cached_property
    def snapshots(self) -> OrganisationSnapshots:
        return OrganisationSnapshots(self._tables, self._connection, self._cache)

    @cached_property
    def letters(self) -> DeadLetters:
        return DeadLetters(self._tables.dead_letter, self._connection)

    @cached_property
    def index(self) -> IndexStates:
        return IndexStates(self._tables.index_state, self._tables.index_rebuild, self._connection)

    @cached_property
    def statistics(self) -> StatisticsVersions:
        return StatisticsVersions(self._tables.statistics, self._connection)

    @cached_property
    def pairs(self) -> PairConstraints:
        return PairConstraints(self._tables.constraints, self._connection)

    @cached_property
    def declined(self) -> DeclinedPairs:
        return DeclinedPairs(
            self._tables.constraints.declined, self._tables.organisation, self._connection
        )

    @cached_property
    def introductions(self) -> Introductions:
        return Introductions(self._tables.constraints, self._connection)

    @cached_property
    def holds(self) -> PolicyHolds:
        return PolicyHolds(self._tables.constraints.hold, self._connection)

    @cached_property
    def barred(self) -> Unavailable:
        return Unavailable(self._tables, self._connection)

    @cached_property
    def records(self) -> PairRecords:
        return PairRecords(self._tables.learning, self._connection)

    @cached_property
    def runs(self) -> LearningRuns:
        return LearningRuns(self._tables.learning, self._connection)

    @cached_property
    def audit(self) -> AuditTrail:
        return AuditTrail(
            self._tables.matches.audit, self._tables.matches.audit_head, self._connection
        )

    @cached_property
    def events(self) -> Events:
        return Events(self._tables.outbox, self._connection)

    @cached_property
    def matches(self) -> Matches:
        return Matches(self._tables, self._connection)

    @cached_property
    def queue(self) -> MatchLists:
        return MatchLists(self._tables, self._connection)

    @cached_property
    def notes(self) -> MatchNotes:
        return MatchNotes(self._tables.matches, self._connection)

    @cached_property
    def request_keys(self) -> RequestKeys:
        return RequestKeys(self._tables.matches, self._connection)

    @cached_property
    def cards(self) -> OrganisationCards:
        return OrganisationCards(self._tables.organisation, self._connection)

    @cached_property
    def calls(self) -> Calls:
        return Calls(self._tables.calls, self._tables.organisation, self._connection)

    @cached_property
    def rematch(self) -> RematchRecords:
        return RematchRecords.over(
            self._tables.rematch,
            self._tables.organisation,
            self._tables.constraints,
            self._connection,
        )


class PostgresStore:
    """Opens transactions."""

    def __init__(self, database: Database, tables: MatcherTables) -> None:
        self._database = database
        self._tables = tables
        self._cache = SnapshotCache()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[StoreTransaction]:
        """Committed when the block ends, rolled back when it raises."""
        async with self._database.transaction() as connection:
            yield PostgresTransaction(self._tables, connection, self._cache)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[StoreTransaction]:
        """For reads of which each stands alone."""
        async with self._database.statements() as connection:
            yield PostgresTransaction(self._tables, connection, self._cache)

    async def server_version(self) -> str:
        """PostgreSQL's version, which also proves that it answers."""
        return await self._database.server_version()
