"""What rematch jobs need of a transaction."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.plan import Plan
from services.matcher.domain.rematch.stored import (
    Covered,
    EarlierRun,
    JobFilter,
    NewJob,
    Outstanding,
    Refusal,
    Staged,
    StandingPlace,
    StoredFiring,
    StoredJob,
    StoredSchedule,
    Task,
)
from services.matcher.domain.restrictions import Codes
from shared.contracts.rematch import (
    CauseCount,
    ChangeCause,
    Computation,
    JobProblem,
    PairChange,
    RematchChange,
    RematchFigures,
    RematchScope,
    RematchState,
    RunVersions,
)


class Jobs(Protocol):
    """Never removed."""

    async def claim(self, name: str) -> None:
        """Whoever else does the same under this name waits until the transaction ends."""

    async def add(self, job: NewJob) -> bool:
        """With its partitions; False while another one of the same scope is active."""

    async def plan(self, id: str) -> Plan | None:
        """What a job at work computes with; None when it has ended."""

    async def active_of(self, scope_key: str) -> str | None:
        """The id of the job that is at work on this scope."""

    async def any_active(self) -> bool:
        """Whether one is at work."""

    async def active_with(self, computation: Computation) -> bool:
        """Whether a job at work finds its candidates in this way."""

    async def by_request(self, started_by: str, request_key: str) -> StoredJob | None:
        """What came with this key before."""

    async def get(self, id: str, *, lock: bool = False) -> StoredJob | None:
        """One of them; locked, nothing else moves it until the transaction ends."""

    async def page(self, wanted: JobFilter, *, before: int | None, limit: int) -> list[StoredJob]:
        """The next ones, older than that number."""

    async def move(
        self, id: str, state: RematchState, *, problem: JobProblem | None = None
    ) -> bool:
        """From an active state; whether it was in one."""


class Partitions(Protocol):
    """Each is computed by one worker at a time, and its result is taken once."""

    async def take(
        self, job: str, number: int, worker: str, *, lease_seconds: float
    ) -> Task | Refusal:
        """With a new attempt, unless it is over or another worker was alive within the lease."""

    async def touch(self, task: Task, computed: int) -> bool:
        """A sign of life; False when the task is not this worker's any more, or its job is over."""

    async def stage(self, task: Task, staged: Staged) -> bool:
        """Keep a result, once; False when another attempt has taken over or the job is over."""

    async def failed(self, task: Task) -> int:
        """Give it back after a failure; how many there were."""

    async def failures(self, job: str, number: int) -> int:
        """How many there were."""

    async def open(self, job: str) -> int:
        """Partitions that are not done."""

    async def results(self, job: str, stage: int) -> list[bytes]:
        """In the order of the partitions, whoever has computed them in which order."""

    async def pair_results(self, job: str, groups: Collection[int]) -> list[bytes]:
        """Of the pairs in which any of these groups is, in their order."""

    async def listed(self, job: str) -> list[int]:
        """Numbers of the partitions that have scored lists."""

    async def evidence(self, job: str, number: int) -> bytes | None:
        """What a partition has kept for its pairs."""

    async def outstanding(self, *, lost_seconds: float, limit: int) -> list[Outstanding]:
        """Never published, or silent for so long that the message must be lost."""

    async def published(self, tasks: Sequence[Outstanding]) -> None:
        """Their messages are on the bus."""


class Finishes(Protocol):
    """The last stages of jobs."""

    async def take(self, job: str, *, lease_seconds: float) -> Task | Refusal:
        """With a new attempt, unless it is over or another worker was alive within the lease."""

    async def touch(self, task: Task) -> bool:
        """A sign of life; False when it is not this worker's any more, or the job is over."""

    async def mine(self, task: Task) -> bool:
        """Whether it is this worker's still, as far as is known now; nothing is locked."""

    async def hold(self, task: Task) -> bool:
        """Whether it is this worker's still; nothing moves the job until the transaction ends."""

    async def failed(self, task: Task) -> int:
        """Give it back after a failure; how many there were."""

    async def failures(self, job: str) -> int:
        """How many there were."""

    async def outstanding(self, *, lost_seconds: float) -> list[Outstanding]:
        """Jobs whose last stage nobody may know of."""

    async def published(self, tasks: Sequence[Outstanding]) -> None:
        """Their messages are on the bus."""


class Results(Protocol):
    """Runs, standing lists, and what changed."""

    async def add_run(
        self,
        job: str,
        *,
        dry_run: bool,
        versions: RunVersions,
        figures: RematchFigures,
        digest: str,
    ) -> int:
        """The new run's id."""

    async def digest_of(self, job: str) -> str | None:
        """The digest of a job's result."""

    async def standing(self) -> list[StandingPlace]:
        """All standing lists, in order."""

    async def covered(self) -> dict[str, Covered]:
        """By organisation."""

    async def earlier(self, runs: Sequence[int]) -> dict[int, EarlierRun]:
        """What these runs rested on."""

    async def replace(
        self,
        run: int,
        versions: dict[str, int],
        places: Sequence[StandingPlace],
        gone: Sequence[str],
    ) -> None:
        """Make these the standing lists of the organisations with a version; `gone` have none."""

    async def add_changes(self, run: int, changes: Sequence[RematchChange]) -> None:
        """In the order in which they are shown."""

    async def changes(
        self,
        job: str,
        *,
        change: PairChange | None,
        cause: ChangeCause | None,
        organisation: str | None,
        after: int | None,
        limit: int,
    ) -> list[tuple[int, RematchChange]]:
        """The next ones, with their places."""

    async def counts(self, job: str) -> list[CauseCount]:
        """Changes of each sort."""

    async def forget(self, organisations: Sequence[str]) -> None:
        """Everything about these: they were erased."""


class Schedules(Protocol):
    """Each due time fires once."""

    async def add(self, schedule: StoredSchedule) -> None:
        """Keep a new one."""

    async def put(self, schedule: StoredSchedule) -> None:
        """Change one that is there."""

    async def remove(self, id: str) -> None:
        """With its history."""

    async def get(self, id: str, *, lock: bool = False) -> StoredSchedule | None:
        """One of them."""

    async def by_request(self, created_by: str, request_key: str) -> StoredSchedule | None:
        """What came with this key before."""

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[StoredSchedule]:
        """The next ones by name and id."""

    async def due(self, now: datetime) -> StoredSchedule | None:
        """One whose time has come and that no other process has taken, locked."""

    async def fire(self, firing: StoredFiring) -> bool:
        """Note what came of a due time; False when that was done before."""

    async def outcome(self, firing: StoredFiring) -> None:
        """What came of it after all."""

    async def last(self, schedules: list[str]) -> dict[str, StoredFiring]:
        """The last firing of each."""


class Covers(Protocol):
    """Which organisations there are to be covered, and what is said of them all."""

    async def in_scope(self, scope: RematchScope, fields: Sequence[str]) -> list[str]:
        """Active ones, in id order; `fields` are the scope's field and those below it."""

    async def unknown(self, organisations: Sequence[str]) -> list[str]:
        """Those of the ids that name no active organisation."""

    async def versions(self) -> dict[str, int]:
        """Of all active organisations, in id order."""

    async def held(self) -> dict[str, tuple[str, ...]]:
        """Statements that screening holds, by organisation."""

    async def capacities(self) -> dict[str, int]:
        """How many more introductions each active organisation takes."""

    async def apart(self, day: date) -> dict[Pair, Codes]:
        """Pairs that are not suggested on that day, with the reasons."""

    async def rules(self, day: date) -> str:
        """A digest of what keeps organisations apart on that day, or out."""


class RematchRecords(Protocol):
    """All of it."""

    @property
    def jobs(self) -> Jobs: ...
    @property
    def partitions(self) -> Partitions: ...
    @property
    def finishes(self) -> Finishes: ...
    @property
    def results(self) -> Results: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def covers(self) -> Covers: ...
