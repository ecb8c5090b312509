"""Rematch jobs, put together: what needs PostgreSQL alone, and workers."""

import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from services.matcher.domain.allocation.allocate import Strategy
from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.partner_features import FeatureName
from services.matcher.domain.ranking_weights import STANDARD, Weights
from services.matcher.embedding.product_choice import ProductChoice, chosen_product
from services.matcher.rematch_worker import PublishTasks, RematchWorker
from services.matcher.service.collections import Collections
from services.matcher.service.constraints import STALE_MONTHS
from services.matcher.service.listing import PartnerListing
from services.matcher.service.matches.suggesting import RecordSuggested
from services.matcher.service.partner_ranking import PartnerRanking
from services.matcher.service.rematch.by_moment import (
    MEMORY_BYTES,
    ByMoment,
    ExactParts,
    MakeRanking,
)
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
from services.matcher.service.rematch.starting import AGAIN_AFTER, StartJob
from services.matcher.store import MatcherStore
from services.matcher.taxonomy import load_fields
from shared.bus import Bus
from shared.contracts.rematch import Computation


@dataclass(frozen=True)
class RematchCases:
    """From PostgreSQL alone."""

    desk: RematchDesk
    schedules: KeepSchedules
    firing: FireSchedules


def rematch_cases(
    store: MatcherStore,
    fields: FieldTree,
    stale_months: int = STALE_MONTHS,
    again_after: timedelta = AGAIN_AFTER,
) -> RematchCases:
    """Over one store."""
    starting = StartJob(fields, stale_months, again_after)
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
    ranking: MakeRanking = PartnerRanking
    product: ProductChoice = ProductChoice.AUTO
    memory_bytes: int = MEMORY_BYTES
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


def product_ranking(
    weights: Weights = STANDARD, *, off: frozenset[FeatureName] = frozenset()
) -> MakeRanking:
    """That of suggestions, over other partners."""
    fields = load_fields()
    return lambda partners: PartnerRanking(partners, weights, fields, off=off)


def worker_of(parts: WorkerParts, bus: Bus) -> RematchWorker:
    """One worker; any number may run."""
    exact = ByMoment(
        ExactParts(
            parts.store,
            parts.collections,
            partial(chosen_product, parts.product),
            parts.ranking,
            parts.memory_bytes,
        )
    )
    ways: dict[Computation, Compute] = {Computation.EXACT: exact}
    if parts.listing:
        ways[Computation.ANN] = BySuggestions(parts.store, parts.listing)
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
