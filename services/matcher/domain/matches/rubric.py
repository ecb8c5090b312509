"""Scores by four criteria, and what two reviewers say together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.matches.policy import MatchPolicy
from shared.contracts.match_document import Agreement
from shared.contracts.match_requests import RubricScores


@dataclass(frozen=True)
class Review:
    """One reviewer's scores."""

    reviewer: str
    scores: RubricScores
    at: datetime
    text: str | None = None


def mean(scores: RubricScores) -> float:
    """Of the four, 0 to 5."""
    return sum(scores.marks) / len(scores.marks)


def passes(scores: RubricScores, policy: MatchPolicy) -> bool:
    """Each criterion and the mean reach their thresholds."""
    return min(scores.marks) >= policy.minimum_each and mean(scores) >= policy.minimum_mean


def agreement(reviews: Sequence[Review], wanted: int, policy: MatchPolicy) -> Agreement:
    """All reviewers count, so that a third one cannot outvote somebody's no: they must agree."""
    if wanted < 2:
        return Agreement.NOT_ASKED
    if len({one.reviewer for one in reviews}) < wanted:
        return Agreement.INCOMPLETE
    verdicts = {passes(one.scores, policy) for one in reviews}
    if len(verdicts) == 2:
        return Agreement.SPLIT
    return Agreement.FOR if verdicts == {True} else Agreement.AGAINST
