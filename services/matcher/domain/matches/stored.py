"""A match as it is kept."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.matcher.domain.pairs import Pair
from shared.contracts.constraints import PairConstraintKind
from shared.contracts.decisions import Reason
from shared.contracts.match_requests import Decision, MatchOutcome, SideAnswer
from shared.contracts.matches import MatchOrigin, MatchState


@dataclass(frozen=True)
class SideSaid:
    """What one side has answered."""

    answer: SideAnswer = SideAnswer.PENDING
    at: datetime | None = None
    by: str | None = None
    reasons: tuple[Reason, ...] = ()
    text: str | None = None


@dataclass(frozen=True)
class Decided:
    """A coordinator's last decision."""

    decision: Decision
    by: str
    at: datetime
    reasons: tuple[Reason, ...] = ()
    text: str | None = None


@dataclass(frozen=True)
class Undo:
    """How it was before the last decision."""

    until: datetime
    state: MatchState
    since: datetime
    decision: Decided | None = None
    due_at: datetime | None = None
    record: int | None = None
    """The learning record that the decision left."""
    constraints: tuple[PairConstraintKind, ...] = ()
    """Those that the decision has set."""
    turned_down: "TurnedDown | None" = None
    """What it had come to before, where the pair was here again."""


@dataclass(frozen=True)
class TurnedDown:
    """When and how it last came to nothing, and what the profiles stated then."""

    at: datetime
    how: str
    reasons: tuple[Reason, ...] = ()
    stated: dict[str, str] = field(default_factory=dict)
    """Fingerprint of each organisation's statements."""


@dataclass(frozen=True)
class SuggestedAgain:
    """Why it is here again."""

    because: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ended:
    """What came of it; `side` is None where a coordinator or the platform says so."""

    outcome: MatchOutcome
    by: str
    side: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Said:
    """All that people have said on it, and what follows."""

    first: SideSaid = SideSaid()
    second: SideSaid = SideSaid()
    request: str | None = None
    """What the coordinator wrote who brought the two together."""
    decision: Decided | None = None
    undo: Undo | None = None
    ended: Ended | None = None
    turned_down: TurnedDown | None = None
    again: SuggestedAgain | None = None


@dataclass(frozen=True)
class StoredMatch:
    """One match at one version."""

    id: str
    pair: Pair
    version: int
    state: MatchState
    origin: MatchOrigin
    created_at: datetime
    since: datetime
    updated_at: datetime
    run: str | None = None
    requested_by: str | None = None
    score: float | None = None
    assignee: str | None = None
    reviewers: int | None = None
    """None: as many as the platform asks for."""
    split: bool = False
    """The reviewers do not agree."""
    comments: int = 0
    waiting: tuple[str, ...] = ()
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    due_at: datetime | None = None
    introduced_at: datetime | None = None
    said: Said = Said()

    @property
    def agreed(self) -> bool:
        """Both sides have said yes."""
        answers = (self.said.first.answer, self.said.second.answer)
        return answers == (SideAnswer.INTERESTED, SideAnswer.INTERESTED)

    def side(self, organisation: str) -> SideSaid:
        """What that organisation has answered."""
        return self.said.first if organisation == self.pair.first else self.said.second

    def with_answer(self, organisation: str, given: SideSaid) -> Said:
        """What is said, with that organisation's answer."""
        if organisation == self.pair.first:
            return replace(self.said, first=given)
        return replace(self.said, second=given)

    @property
    def pending(self) -> tuple[str, ...]:
        """Who has not answered."""
        sides = ((self.pair.first, self.said.first), (self.pair.second, self.said.second))
        return tuple(id for id, side in sides if side.answer is SideAnswer.PENDING)
