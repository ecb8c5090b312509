"""What insights need of PostgreSQL: each question is one aggregate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.matcher.domain.insights.stated import BestAnswer, OpenQuestion, StatedRow
from shared.contracts.insights import ExposureMoment, FunnelExit, StepTimes
from shared.contracts.organisation import Kind, Names


@dataclass(frozen=True)
class Card:
    """What is shown of an organisation."""

    names: Names | None
    kind: Kind | None
    province: str | None


@dataclass(frozen=True)
class Edge:
    """Two organisations, and what joins them."""

    first: str
    second: str
    state: str
    strength: float


@dataclass(frozen=True)
class EdgeFilter:
    """Which edges; None means any."""

    state: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class FieldCount:
    """One field in one region."""

    field: str
    region: str
    needs: int
    capabilities: int
    looked_at: int
    unanswered: int


@dataclass(frozen=True)
class UnansweredNeed:
    """A need that nobody answers, as it is stored."""

    organisation: str
    need: str
    region: str
    field: str
    must_have: bool
    best: float
    seen_at: datetime


@dataclass(frozen=True)
class Period:
    """Of the matches' first suggestion; None is open."""

    since: datetime | None = None
    until: datetime | None = None


class InsightStore(Protocol):
    """Reads, and keeps what it counts in narrow tables of its own."""

    async def cards(self, ids: Sequence[str]) -> Mapping[str, Card]:
        """By id; of unknown ones none."""

    async def edges(self, wanted: EdgeFilter, limit: int) -> tuple[list[Edge], int]:
        """The strongest, furthest along first, and how many there are."""

    async def counts(self, met: float, children: Sequence[str] | None) -> list[FieldCount]:
        """By field at the top, or by these fields, and region; needs below `met` are unanswered."""

    async def looked_at(self) -> tuple[int, int]:
        """Needs, and those whose best answer is known."""

    async def unanswered(self, met: float, limit: int) -> list[UnansweredNeed]:
        """Furthest from an answer first."""

    async def suggested(self) -> dict[str, int]:
        """Matches by organisation."""

    async def active(self) -> int:
        """Active organisations."""

    async def moments(self, months: int, runs: int) -> list[ExposureMoment]:
        """The last runs and months, oldest first."""

    async def reached(self, period: Period) -> tuple[dict[str, int], list[FunnelExit]]:
        """Matches by the stage they got to or beyond, and those that left the way."""

    async def steps(self, period: Period) -> list[StepTimes]:
        """How long the steps took."""

    async def stale(self, limit: int) -> list[str]:
        """Organisations whose version is not what was counted last."""

    async def count_in(
        self,
        versions: Mapping[str, int],
        rows: Sequence[StatedRow],
        collaborations: Mapping[tuple[str, str], int],
    ) -> None:
        """Replace what was counted of these organisations; a pair is (who states it, other)."""

    async def open_questions(self, before: datetime, limit: int) -> list[OpenQuestion]:
        """Needs that were never looked at, then those not since `before`."""

    async def answered(self, answers: Sequence[BestAnswer]) -> None:
        """Keep what was found."""
