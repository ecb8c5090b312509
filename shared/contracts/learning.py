"""What a learning run found, and which ranking answers."""

from datetime import date, datetime

from shared.contracts.base import Contract


class LearnedWeight(Contract):
    """A feature's weight and what is added to it."""

    name: str
    change: float


class LearningFigures(Contract):
    """Of one ranking on held-out decisions, and on the golden set's tuning part."""

    name: str
    log_loss: float
    auc: float
    calibration_error: float
    golden_mrr: float | None = None
    golden_first: float | None = None
    """Share of its queries whose right partner comes first."""


class LearningReport(Contract):
    """What was learned from, what came of it, and why it is not live if it is not."""

    records: int
    examples: int
    left_out: int
    """Superseded, without a snapshot of this ranking, or for reasons that say nothing about it."""
    held_out: int
    figures: tuple[LearningFigures, ...] = ()
    weights: tuple[LearnedWeight, ...] = ()
    calibration: str = "prior"
    why_not: tuple[str, ...] = ()
    """Empty where it went live."""


class LearningRun(Contract):
    """One run; `live` says whether its ranking answers now."""

    id: int
    started_by: str
    created_at: datetime
    accepted: bool
    live: bool = False
    report: LearningReport


class LearningRunPage(Contract):
    """Newest first."""

    items: tuple[LearningRun, ...]
    next_cursor: str | None = None


class LiveRankingVersion(Contract):
    """The ranking that answers: `hand-set`, or `learned-<run>`."""

    version: str


class EstimatedInterest(Contract):
    """How often a shown partner would be found interesting, with a 95 % interval."""

    value: float
    low: float
    high: float


class RankingEstimate(Contract):
    """Of one ranking: `live`, or `hand-set`."""

    name: str
    ips: EstimatedInterest
    """Inverse propensity scores: unbiased, wide."""
    snips: EstimatedInterest
    """Self-normalised: narrower, a little biased."""
    covered: float
    """Near 1 where all that it would show could be seen."""


class OffLineReport(Contract):
    """What the rankings would have earned in the places that chance may fill."""

    version: str
    """Of the ranking that is live."""
    since: date
    places: int
    explored: int
    interested: int
    estimates: tuple[RankingEstimate, ...] = ()
