"""The store in PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.matcher.storage.audit import AuditTrail
from services.matcher.storage.calls import Calls
from services.matcher.storage.cards import OrganisationCards
from services.matcher.storage.dead_letters import DeadLetters
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
from shared.db import Database


@dataclass(frozen=True)
class PostgresTransaction:
    """All stores over one connection."""

    snapshots: OrganisationSnapshots
    letters: DeadLetters
    index: IndexStates
    statistics: StatisticsVersions
    pairs: PairConstraints
    introductions: Introductions
    holds: PolicyHolds
    barred: Unavailable
    records: PairRecords
    runs: LearningRuns
    audit: AuditTrail
    events: Events
    matches: Matches
    queue: MatchLists
    notes: MatchNotes
    request_keys: RequestKeys
    cards: OrganisationCards
    calls: Calls
    rematch: RematchRecords


class PostgresStore:
    """Opens transactions."""

    def __init__(self, database: Database, tables: MatcherTables) -> None:
        self._database = database
        self._tables = tables
        self._cache = SnapshotCache()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[StoreTransaction]:
        """Committed when the block ends, rolled back when it raises."""
        tables = self._tables
        async with self._database.transaction() as connection:
            yield PostgresTransaction(
                snapshots=OrganisationSnapshots(
                    tables.organisation, tables.constraints.hold, connection, self._cache
                ),
                letters=DeadLetters(tables.dead_letter, connection),
                index=IndexStates(tables.index_state, connection),
                statistics=StatisticsVersions(tables.statistics, connection),
                pairs=PairConstraints(tables.constraints, connection),
                introductions=Introductions(tables.constraints, connection),
                holds=PolicyHolds(tables.constraints.hold, connection),
                barred=Unavailable(tables, connection),
                records=PairRecords(tables.learning, connection),
                runs=LearningRuns(tables.learning, connection),
                audit=AuditTrail(tables.matches, connection),
                events=Events(tables.outbox, connection),
                matches=Matches(tables, connection),
                queue=MatchLists(tables.matches, connection),
                notes=MatchNotes(tables.matches, connection),
                request_keys=RequestKeys(tables.matches, connection),
                cards=OrganisationCards(tables.organisation, connection),
                calls=Calls(tables.calls, tables.organisation, connection),
                rematch=RematchRecords.over(
                    tables.rematch, tables.organisation, tables.constraints, connection
                ),
            )

    async def server_version(self) -> str:
        """PostgreSQL's version, which also proves that it answers."""
        return await self._database.server_version()
