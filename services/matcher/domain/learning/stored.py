"""What is kept of decisions and runs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.contracts.decisions import Reason, RecordKind, SuggestionSnapshot, Verdict
from shared.contracts.learning import LearningReport

HAND_SET_RUN = 0
"""Stands for the ranking that nothing was learned for."""


@dataclass(frozen=True)
class NewRecord:
    """Something said about a pair."""

    kind: RecordKind
    organisation: str
    partner: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    text: str | None
    said_by: str
    request_key: str | None
    snapshot: SuggestionSnapshot | None = None

    @property
    def slot(self) -> str:
        """Of one slot the last record counts: one for a pair, and one for each side's response."""
        if self.kind is RecordKind.RESPONSE:
            return f"{self.kind.value}|{self.organisation}|{self.partner}"
        return "|".join((self.kind.value, *sorted((self.organisation, self.partner))))


@dataclass(frozen=True)
class RecordFilter:
    """Which records; None means any."""

    organisation: str | None = None
    """On either side."""
    kind: RecordKind | None = None
    verdict: Verdict | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class ExploredPlace:
    """A place that chance may fill, as it was shown."""

    organisation: str
    partner: str
    day: date
    rank: int
    propensity: float
    ranking_version: str
    explored: bool = True
    """Whether chance has filled it."""
    chance: float | None = None
    """That the partner was shown somewhere in the window."""
    by_hand_set: bool | None = None
    """Whether the hand-set ranking has the partner in the window."""


@dataclass(frozen=True)
class NewRun:
    """A learning run's outcome."""

    started_by: str
    model: str
    statistics_version: int
    edition: str
    accepted: bool
    ranking: dict[str, Any] | None
    report: LearningReport


@dataclass(frozen=True)
class StoredRun:
    """A learning run."""

    id: int
    created_at: datetime
    run: NewRun
