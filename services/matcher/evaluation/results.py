"""What an evaluation found, as plain values."""

from dataclasses import dataclass, field

from services.matcher.evaluation.bootstrap import Estimate
from services.matcher.evaluation.first_pages import FirstPages
from services.matcher.evaluation.run_file import Run


@dataclass(frozen=True)
class GroupResult:
    """The metrics of one group of queries, with intervals."""

    by: str
    name: str
    queries: int
    estimates: dict[str, Estimate]
    """By metric."""


@dataclass(frozen=True)
class EngineResult:
    """One engine or baseline on one data set."""

    name: str
    baseline: bool
    seconds: float
    groups: tuple[GroupResult, ...]
    per_query: dict[str, dict[str, float]]
    """Query id, metric, value: only the queries that it applies to."""
    run: Run
    first_pages: FirstPages | None = None

    def group(self, name: str, by: str) -> GroupResult | None:
        """The group of that name, if any of its queries was ranked."""
        return next((one for one in self.groups if (one.by, one.name) == (by, name)), None)


@dataclass(frozen=True)
class Evaluation:
    """All engines and baselines on one data set; the engines come first."""

    dataset: str
    organisations: int
    queries: int
    left_out: tuple[str, ...]
    """Queries without a relevant organisation: ranked, but in no mean."""
    warnings: tuple[str, ...]
    engines: tuple[EngineResult, ...]
    weights: dict[str, float] = field(default_factory=dict)
    """What the engine ranked with, by full name."""
