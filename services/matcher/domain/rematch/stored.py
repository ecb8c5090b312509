"""What is stored of rematch jobs and schedules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.matcher.domain.rematch.plan import GroupPlaces, Plan
from shared.contracts.rematch import Computation, RematchJob, RematchRequest

FINISH = -1
"""Stands for the last stage of a job where a partition's number is asked for."""


@dataclass(frozen=True)
class Basis:
    """What a job computes with, from its start to its end."""

    model: str
    statistics_version: int
    collection: str
    ranking: str
    program: str


@dataclass(frozen=True)
class Origin:
    """Who wants a job, and which earlier one or schedule it comes from."""

    started_by: str
    request_key: str | None = None
    retry_of: str | None = None
    schedule: str | None = None


PAIRS_STAGE, LISTS_STAGE = 0, 1
"""Pairs of groups are multiplied; then everyone's list is scored."""


@dataclass(frozen=True)
class NewPartition:
    """A piece of work: a pair of groups of the plan, or organisations whose lists are scored."""

    organisations: tuple[str, ...] = ()
    pair: GroupPlaces | None = None

    @property
    def stage(self) -> int:
        """Which of the two."""
        return LISTS_STAGE if self.pair is None else PAIRS_STAGE


@dataclass(frozen=True)
class Staged:
    """What a partition has come to."""

    result: bytes
    evidence: bytes | None = None
    """Of its pairs, apart from what everyone's places are given by."""
    product: str | None = None
    """Library, type of number and device, where vectors were multiplied."""


@dataclass(frozen=True)
class NewJob:
    """A job with its partitions; `request` is the digest of what was asked for."""

    id: str
    request: RematchRequest
    digest: str
    scope_key: str
    computation: Computation
    basis: Basis
    origin: Origin
    plan: Plan
    partitions: tuple[NewPartition, ...]

    @property
    def organisations(self) -> int:
        """In all partitions."""
        return sum(len(one.organisations) for one in self.partitions)


@dataclass(frozen=True)
class StoredJob:
    """A job as it stands; `number` grows with time."""

    number: int
    digest: str
    basis: Basis
    job: RematchJob


@dataclass(frozen=True)
class JobFilter:
    """None means any."""

    state: str | None = None
    dry_run: bool | None = None
    schedule: str | None = None


@dataclass(frozen=True)
class Task:
    """A partition, or the last stage, that one worker has taken; `attempt` fences it."""

    job: str
    number: int
    attempt: int
    organisations: tuple[str, ...] = ()
    pair: GroupPlaces | None = None


class Refusal(StrEnum):
    """Why a task was not given out."""

    OVER = "over"
    """It is done, or its job has ended."""
    TAKEN = "taken"
    """Another worker has shown signs of life."""


@dataclass(frozen=True)
class Outstanding:
    """A task that nobody may know of: its message is to be published (again)."""

    job: str
    number: int
    attempt: int
    computation: Computation
    priority: str


@dataclass(frozen=True)
class StandingPlace:
    """One place of a standing list."""

    organisation: str
    partner: str
    rank: int
    score: float


@dataclass(frozen=True)
class Covered:
    """Where an organisation's standing list is from."""

    run: int
    version: int


@dataclass(frozen=True)
class EarlierRun:
    """What a run rested on."""

    basis: tuple[str, int]
    """Model and version of the statistics."""
    ranking: str
    options: Mapping[str, object]


@dataclass(frozen=True)
class StoredSchedule:
    """A schedule; `request` is the digest of what made it."""

    id: str
    version: int
    name: str
    cron: str
    time_zone: str
    job: RematchRequest
    enabled: bool
    next_at: datetime | None
    created_by: str
    request_key: str | None
    request: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class StoredFiring:
    """What became of one due time."""

    schedule: str
    due_at: datetime
    outcome: str
    job: str | None = None
    problem: str | None = None
