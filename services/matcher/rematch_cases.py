"""Rematch jobs, put together: what needs PostgreSQL alone, and workers."""

import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.matcher.candidate_ports import PartitionStrategy
from services.matcher.domain.allocation.allocate import Strategy
from services.matcher.domain.exact.product import NumpyProduct
from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.rematch.stored import Basis
from services.matcher.rematch_worker import PublishTasks, RematchWorker
from services.matcher.service.collections import Collections
from services.matcher.service.exact_candidates import ExactCandidates
from services.matcher.service.listing import PartnerListing
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.rematch.by_products import ByProducts
from services.matcher.service.rematch.by_suggestions import BySuggestions
from services.matcher.service.rematch.computing import (
    Compute,
    ComputePartition,
    InputsChangedError,
    Pace,
)
from services.matcher.service.rematch.finishing import FinishJob
from services.matcher.service.rematch.firing import FireSchedules
from services.matcher.service.rematch.giving_up import GiveUp
from services.matcher.service.rematch.jobs import RematchDesk
from services.matcher.service.rematch.schedules import KeepSchedules
from services.matcher.service.rematch.starting import Rebuilding, StartJob
from services.matcher.store import MatcherStore
from shared.bus import Bus
from shared.contracts.rematch import Computation


@dataclass(frozen=True)
class RematchCases:
    """From PostgreSQL alone."""

    desk: RematchDesk
    schedules: KeepSchedules
    firing: FireSchedules


def rematch_cases(store: MatcherStore, fields: FieldTree, rebuilding: Rebuilding) -> RematchCases:
    """Over one store."""
    starting = StartJob(fields, rebuilding)
    return RematchCases(
        RematchDesk(store, starting), KeepSchedules(store), FireSchedules(store, starting)
    )


@dataclass(frozen=True)
class WorkerParts:
    """What a worker is made of; without `listing` it takes exact partitions alone."""

    store: MatcherStore
    suggested: RecordSuggested
    collections: Callable[[str], Collections]
    """Of a model. Raises InputsChangedError for one that this process has not."""
    stale_months: int
    listing: PartnerListing | None = None
    pace: Pace = field(default_factory=Pace)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")


async def work_for_ever(parts: WorkerParts, connect: Callable[[], Awaitable[Bus]]) -> None:
    """Take tasks; an error of the bus ends it, and it may be run again."""
    await worker_of(parts, await connect()).run()


async def publish_for_ever(
    store: MatcherStore, connect: Callable[[], Awaitable[Bus]], pace: Pace | None = None
) -> None:
    """Tell the queue of what is to be done; an error ends it, and it may be run again."""
    await PublishTasks(store, await connect(), pace or Pace()).run()


def only(collections: Collections) -> Callable[[str], Collections]:
    """For a process that has its model already."""

    def of(model: str) -> Collections:
        if collections.embedder.embedder.model != model:
            raise InputsChangedError
        return collections

    return of


def worker_of(parts: WorkerParts, bus: Bus) -> RematchWorker:
    """One worker; any number may run."""
    exact = ByProducts(parts.store, _reader(parts.store, parts.collections))
    ways: dict[Computation, Compute] = {Computation.EXACT: exact}
    if parts.listing:
        ways[Computation.ANN] = BySuggestions(parts.listing)
    pace = parts.pace
    finishing = FinishJob(
        parts.store,
        parts.suggested,
        _strategy_named,
        parts.stale_months,
        lease_seconds=pace.lease,
        heartbeat_seconds=pace.heartbeat,
    )
    partitions = ComputePartition(parts.store, parts.name, ways, pace)
    return RematchWorker(bus, partitions, finishing, GiveUp(parts.store), pace, exact.forget)


def _strategy_named(name: str) -> Strategy:
    # Solvers are heavy, and most processes never share anything out.
    from services.matcher.solving.strategies import strategy_named

    return strategy_named(name)


def _reader(
    store: MatcherStore, collections: Callable[[str], Collections]
) -> Callable[[Basis, datetime], Awaitable[PartitionStrategy]]:
    async def read(basis: Basis, now: datetime) -> PartitionStrategy:
        encoder = await collections(basis.model).encoder_of(basis.statistics_version)
        return await ExactCandidates.read(store, encoder, now.date(), NumpyProduct)

    return read
