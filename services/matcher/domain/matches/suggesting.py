"""How a match begins, and begins again."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.matcher.domain.matches.moves import Details, Moved, move
from services.matcher.domain.matches.states import OPEN_STATES, Mover
from services.matcher.domain.matches.stored import Said, SideSaid, StoredMatch, SuggestedAgain
from services.matcher.domain.pairs import Pair
from shared.contracts.decisions import SuggestionSnapshot
from shared.contracts.match_requests import SideAnswer
from shared.contracts.matches import MatchChange, MatchOrigin, MatchState
from shared.contracts.suggestions import Basis


@dataclass(frozen=True)
class EvidencePair:
    """A need, the capability that answers it best, by statement ids, and how well."""

    need: str
    capability: str
    score: float
    similarity: float
    lexical: float


@dataclass(frozen=True)
class EvidenceDirection:
    """How the other's capabilities answer one side's needs; no text."""

    score: float
    basis: Basis
    answers: tuple[EvidencePair, ...] = ()
    """Best first."""
    unmet: tuple[str, ...] = ()
    """Statement ids, the must-haves first."""
    version: int | None = None
    """Of that side's profile."""


@dataclass(frozen=True)
class EvidenceFeature:
    """One term of the sum behind the score."""

    name: str
    value: float
    contribution: float


@dataclass(frozen=True)
class Evidence:
    """Why two organisations are suggested to each other, as it was computed."""

    first: EvidenceDirection | None = None
    """What the first one receives."""
    second: EvidenceDirection | None = None
    features: tuple[EvidenceFeature, ...] = ()
    snapshots: dict[str, SuggestionSnapshot] = field(default_factory=dict)
    """For learning, by the organisation in whose list the other stood."""

    @property
    def said(self) -> bool:
        """Whether there is anything in it: nothing does not replace what is known."""
        return self != Evidence()


@dataclass(frozen=True)
class SuggestedPair:
    """A pair that a run suggests; one of each pair in a run."""

    pair: Pair
    score: float
    """The mutual score, 0 to 1."""
    evidence: Evidence = Evidence()


def first_suggested(id: str, suggested: SuggestedPair, run: str, now: datetime) -> StoredMatch:
    """A match that nobody has seen."""
    return StoredMatch(
        id=id,
        pair=suggested.pair,
        version=1,
        state=MatchState.SUGGESTED,
        origin=MatchOrigin.RUN,
        created_at=now,
        since=now,
        updated_at=now,
        run=run,
        score=suggested.score,
    )


def refreshed(match: StoredMatch, suggested: SuggestedPair, run: str) -> StoredMatch:
    """With the newest score; the version stays, for nothing is decided by it."""
    if match.state not in OPEN_STATES:
        return match
    return replace(match, score=suggested.score, run=run)


def suggested_again(
    match: StoredMatch, suggested: SuggestedPair, why: SuggestedAgain, run: str, now: datetime
) -> Moved:
    """From the beginning, with the reason. Raises MoveRefusedError."""
    changed = ",".join(why.changed)
    details: Details = {"because": why.because, "changed": changed, "run": run}
    kept = _begun_again(match, why)
    return move(
        kept,
        MatchChange.SUGGESTED_AGAIN,
        Mover.PLATFORM,
        now,
        details,
        score=suggested.score,
        run=run,
        requested_by=None,
    )


def requested(
    match: StoredMatch,
    organisation: str | None,
    given: SideSaid,
    text: str | None,
    why: SuggestedAgain | None,
    by: Mover,
) -> Moved:
    """An organisation asks to meet the other: it has said yes, and why, in `given`. `text` is a
    coordinator's, who brings two together. Raises MoveRefusedError."""
    assert given.at
    kept = _begun_again(match, why) if why else match
    said = replace(kept.said, request=text) if text else kept.said
    if organisation:
        said = kept.with_answer(organisation, replace(given, answer=SideAnswer.INTERESTED))
    details: Details = {"organisation": organisation}
    return move(
        kept,
        MatchChange.REQUESTED,
        by,
        given.at,
        details,
        said=said,
        requested_by=kept.requested_by or organisation,
    )


def _begun_again(match: StoredMatch, why: SuggestedAgain) -> StoredMatch:
    """What was turned down is kept: it says why the pair is here again."""
    said = Said(turned_down=match.said.turned_down, again=why)
    return replace(
        match,
        said=said,
        waiting=(),
        requested_by=None,
        asked_at=None,
        nudged_at=None,
        due_at=None,
        introduced_at=None,
    )
