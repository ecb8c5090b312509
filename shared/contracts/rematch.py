"""Rematch jobs: suggestions for everybody or a part, computed together and shared out.

Public routes (roles coordinator, batch, operator):
POST /v1/rematch-jobs (Idempotency-Key), GET /v1/rematch-jobs, GET /v1/rematch-jobs/{job_id},
POST /v1/rematch-jobs/{job_id}/cancel, POST /v1/rematch-jobs/{job_id}/retry,
GET /v1/rematch-jobs/{job_id}/diff, GET /v1/rematch-jobs/{job_id}/events (Server-Sent Events:
`progress` with a RematchJob, the last one is called `end`).
Schedules: see `shared.contracts.rematch_schedules`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from shared.contracts.base import Contract, OrganisationId, Text
from shared.contracts.organisation import DivisionCode, FieldCode, Kind

JobId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Reason = Annotated[Text, StringConstraints(min_length=1, max_length=500)]


class RematchScope(Contract):
    """Whose lists are computed; what is given must hold together, and nothing given means all."""

    kind: Kind | None = None
    province: DivisionCode | None = None
    field: FieldCode | None = None
    """With the fields below it."""
    changed_since: AwareDatetime | None = None
    """Organisations whose profile was changed at that moment or later."""
    organisations: Annotated[tuple[OrganisationId, ...], Field(max_length=1000)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.organisations)) < len(self.organisations):
            raise ValueError("organisations: name each once")
        return self

    @property
    def everybody(self) -> bool:
        """Whether nothing narrows it."""
        return self == RematchScope()


class Priority(StrEnum):
    """Partitions of a more urgent job are taken first."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Computation(StrEnum):
    """How candidates are found."""

    AUTO = "auto"
    """By size; the job says which it was."""
    EXACT = "exact"
    """Every statement against every other, block by block, from the embedding store."""
    ANN = "ann"
    """The index that answers suggestions, organisation by organisation."""


class Sharing(StrEnum):
    """How places are shared out."""

    TOP_K = "top_k"
    """Everyone's best, whoever else has them."""
    FLOW = "flow"
    """Minimum-cost flow under everyone's capacity."""
    TRANSPORT = "transport"
    """Entropic optimal transport, rounded to places."""
    TRANSFERABLE = "transferable_utility"
    """Matching with transferable utility by iterative proportional fitting."""


class RematchOptions(Contract):
    """How it is computed and shared out."""

    computation: Computation = Computation.AUTO
    sharing: Sharing = Sharing.FLOW
    places: Annotated[int, Field(ge=1, le=50)] = 50
    """Suggestions for each organisation at most. The first are its best, the last are where
    evenness comes from: with fewer there is too little to share out (docs/performance.md)."""
    most_lists: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """In how many lists one organisation may stand at most; None lets the platform choose."""
    minimum_score: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Nobody below it is suggested; 0 takes the platform's own minimum."""
    congestion: Annotated[float, Field(ge=0, le=1)] | None = None
    """Of `flow`: what standing in one more list costs for each list one stands in already, in
    expected value at the first place; None takes the platform's own price."""
    least: Annotated[int, Field(ge=0, le=50)] = 0
    """Of `flow`: suggestions that everyone gets, as far as it has candidates; where that
    contradicts `most_lists` the job fails, and says how little would do."""
    stay_margin: Annotated[float, Field(ge=0, le=0.5)] = 0.02
    """An earlier pair of unchanged profiles keeps its place unless beaten by more than this."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0

    @model_validator(mode="after")
    def _bounds_agree(self) -> Self:
        if self.least > self.places:
            raise ValueError("least: cannot be more than `places`")
        return self


class RematchRequest(Contract):
    """The body of POST /v1/rematch-jobs."""

    scope: RematchScope = RematchScope()
    options: RematchOptions = RematchOptions()
    dry_run: bool = False
    """Compute and compare, change nothing."""
    priority: Priority = Priority.NORMAL
    reason: Reason | None = None


class RematchState(StrEnum):
    """Where a job stands; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHING = "finishing"
    """All partitions are computed; the places are being shared out."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing will change it any more."""
        return self in (RematchState.DONE, RematchState.FAILED, RematchState.CANCELLED)


class RematchProgress(Contract):
    """How far it is."""

    organisations: int = 0
    organisations_done: int = 0
    partitions: int = 0
    partitions_done: int = 0
    workers: int = 0
    """That compute for it now."""
    per_second: float | None = None
    """Organisations."""
    seconds_left: float | None = None


class RunVersions(Contract):
    """What a run rests on: the same versions and options give the same result."""

    profiles: str = ""
    """Digest over all ids and versions that were computed with; empty until the run is there."""
    model: str
    statistics_version: int
    ranking: str
    """Learned weights, or `hand-set`."""
    rules: str
    """Digest of the rules that keep organisations apart, as they were when the run ended."""
    program: str
    """The platform's version."""


class RematchFigures(Contract):
    """What a run has come to."""

    pairs: int
    """Unordered."""
    places: int
    """In all lists."""
    coverage: float
    """Share of the organisations with at least one suggestion above the threshold."""
    reachable: float
    """The same of those that have a candidate above it at all."""
    gini: float
    """Of exposure: in how many lists each stands."""
    most_exposed: int
    """In how many lists the one with the most stands."""
    top_percent: float | None = None
    """Share of all exposure that the most shown 1 % of the candidates have."""
    expected_acceptances: float
    """Sum of the pairs' chances."""
    ndcg_loss: float
    """Against plain top-k."""
    must_haves_met: float | None = None
    churn: float | None = None
    """Share of the last run's pairs, within the scope, that are gone; None for a first run."""
    new: int = 0
    gone: int = 0
    moved: int = 0
    kept: int = 0
    notes: tuple[str, ...] = ()


class Sentence(Contract):
    """The same in both languages."""

    zh: str
    en: str


class JobProblem(Contract):
    """Why a job failed, in the words of problem details."""

    code: str
    title: Sentence
    detail: Sentence


class RematchJob(Contract):
    """A job as it stands."""

    id: JobId
    scope: RematchScope
    options: RematchOptions
    computation: Computation
    """Chosen; `auto` never."""
    products: tuple[str, ...] = ()
    """Of `exact`: library, type of number and device by which vectors were multiplied; one for
    each kind of worker."""
    dry_run: bool
    priority: Priority
    reason: str | None = None
    state: RematchState
    progress: RematchProgress
    versions: RunVersions | None = None
    figures: RematchFigures | None = None
    """Once it is done."""
    problem: JobProblem | None = None
    """Once it has failed."""
    retry_of: JobId | None = None
    schedule: JobId | None = None
    started_by: str
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None


class RematchJobPage(Contract):
    """Jobs, newest first."""

    items: tuple[RematchJob, ...]
    next_cursor: str | None = None


class PairChange(StrEnum):
    """What became of a pair since the last run."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    """It stands in another place of a list."""


class ChangeCause(StrEnum):
    """Why; the first that holds, in this order."""

    RULE = "rule"
    """A constraint, a policy flag, an exclusion, or the job's own options."""
    PROFILE_CHANGED = "profile_changed"
    MODEL_CHANGED = "model_changed"
    """Another model, or statistics fitted anew."""
    LEARNED_WEIGHTS = "learned_weights"
    CAPACITY = "capacity"
    """Someone is full, or others have taken or freed the place."""


class RematchChange(Contract):
    """One pair of the diff. No text of the profiles."""

    organisations: tuple[OrganisationId, OrganisationId]
    change: PairChange
    cause: ChangeCause
    score: float | None = None
    """None for one that is gone."""
    score_before: float | None = None
    ranks: tuple[int | None, int | None] = (None, None)
    """In the first one's list and in the second one's."""
    ranks_before: tuple[int | None, int | None] = (None, None)


class CauseCount(Contract):
    """How many changes of a sort."""

    change: PairChange
    cause: ChangeCause
    count: int


class RematchDiff(Contract):
    """What changed since the last run, largest scores first."""

    counts: tuple[CauseCount, ...]
    """Of all, whatever the filter."""
    items: tuple[RematchChange, ...]
    next_cursor: str | None = None
