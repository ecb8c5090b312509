"""What people send about matches."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, Text
from shared.contracts.decisions import Reason

_Text = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]
_Reasons = Annotated[tuple[Reason, ...], Field(max_length=9)]
_Mark = Annotated[int, Field(ge=0, le=5)]
MatchId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class SideAnswer(StrEnum):
    """What a side has said to being asked."""

    PENDING = "pending"
    INTERESTED = "interested"
    DECLINED = "declined"


class Decision(StrEnum):
    """What a coordinator does with a match."""

    REVIEW = "review"
    """Take it up (suggested, on hold, and what was rejected by mistake)."""
    HOLD = "hold"
    APPROVE = "approve"
    REJECT = "reject"
    ASK = "ask"
    """Ask both sides now, without waiting for the undo window."""
    INTRODUCE = "introduce"
    """Both said yes: introduce although somebody's calendar is full."""


class MatchOutcome(StrEnum):
    """How a match ended."""

    DECLINED = "declined"
    EXPIRED = "expired"
    """Somebody did not answer."""
    SUCCEEDED = "succeeded"
    """The two have worked together."""
    NO_AGREEMENT = "no_agreement"
    """They talked, and it came to nothing."""
    UNREACHABLE = "unreachable"
    """One did not answer the other after the introduction."""
    OTHER = "other"


class _Reasoned(Contract):
    reasons: _Reasons = ()
    text: _Text | None = None

    def _require_reasons(self, *, turned_down: bool) -> None:
        if turned_down and not self.reasons:
            raise ValueError("reasons: name at least one")
        if self.reasons and not turned_down:
            raise ValueError("reasons: are for turning down")
        if Reason.OTHER in self.reasons and self.text is None:
            raise ValueError("text: say what `other` stands for")


class MatchDecisionRequest(_Reasoned):
    """The body of POST /matches/{id}/decision."""

    decision: Decision

    @model_validator(mode="after")
    def _reasons_fit(self) -> Self:
        if self.decision is not Decision.HOLD:
            self._require_reasons(turned_down=self.decision is Decision.REJECT)
        elif Reason.OTHER in self.reasons and self.text is None:
            raise ValueError("text: say what `other` stands for")
        return self


class BulkDecisionItem(Contract):
    """One match, and the version that the decision was made on."""

    id: MatchId
    version: Annotated[int, Field(ge=1)]


class BulkDecisionRequest(MatchDecisionRequest):
    """The same decision about many; each is taken or refused by itself."""

    matches: Annotated[tuple[BulkDecisionItem, ...], Field(min_length=1, max_length=200)]


class BulkUndoRequest(Contract):
    """Many decisions are taken back; each by itself."""

    matches: Annotated[tuple[BulkDecisionItem, ...], Field(min_length=1, max_length=200)]


class BulkDecisionOutcome(Contract):
    """What became of one."""

    id: MatchId
    decided: bool
    version: int | None = None
    """The new one, or the one that is there."""
    state: str | None = None
    code: str | None = None
    """The problem's code where it was not decided: `stale_version`, `match_state`, `not_found`,
    `match_blocked`, `review_incomplete`, `undo_too_late`."""
    reason: str | None = None
    """The problem in a sentence, in the reader's language."""


class BulkDecisionResult(Contract):
    """In the order of the request."""

    items: tuple[BulkDecisionOutcome, ...]
    decided: int
    refused: int


class IntroductionRequest(Contract):
    """The body of POST /matches: a member asks to meet another organisation."""

    organisation: OrganisationId
    """Who asks; a member's own. Coordinators name both."""
    other: OrganisationId
    text: _Text | None = None
    """For the coordinators; the other side does not read it."""


class AssignmentRequest(Contract):
    """Who looks after a match; `assignee` null gives it back."""

    assignee: Line | None
    """A coordinator's subject, as in /v1/me."""
    reviewers: Literal[1, 2] | None = None
    """How many must agree on this match; unchanged where it is not given."""


class CommentRequest(Contract):
    """The body of POST /matches/{id}/comments."""

    text: _Text


class RubricScores(Contract):
    """Four criteria, 0 (not at all) to 5 (fully)."""

    fit: _Mark
    """Does what one can do answer what the other needs?"""
    strength: _Mark
    """Are the capabilities shown, not only claimed?"""
    feasibility: _Mark
    """Time, money, place, people: can it begin?"""
    benefit: _Mark
    """What comes of it for both, and beyond?"""

    @property
    def marks(self) -> tuple[int, int, int, int]:
        """In the order of the criteria."""
        return (self.fit, self.strength, self.feasibility, self.benefit)


class ScoreRequest(Contract):
    """One reviewer's scores; again replaces the reviewer's own."""

    scores: RubricScores
    text: _Text | None = None


class MatchResponseRequest(_Reasoned):
    """A side's answer; a member's own, or given to a coordinator, who names the side."""

    answer: Literal[SideAnswer.INTERESTED, SideAnswer.DECLINED]
    organisation: OrganisationId | None = None

    @model_validator(mode="after")
    def _reasons_fit(self) -> Self:
        self._require_reasons(turned_down=self.answer is SideAnswer.DECLINED)
        return self


class MatchOutcomeRequest(Contract):
    """How far the two have come: working together, or closed with an outcome."""

    outcome: (
        Literal[
            MatchOutcome.SUCCEEDED,
            MatchOutcome.NO_AGREEMENT,
            MatchOutcome.UNREACHABLE,
            MatchOutcome.OTHER,
        ]
        | None
    ) = None
    """None says that they work together now; anything else closes it."""
    text: _Text | None = None

    @model_validator(mode="after")
    def _other_is_told(self) -> Self:
        if self.outcome is MatchOutcome.OTHER and self.text is None:
            raise ValueError("text: say what `other` stands for")
        return self
