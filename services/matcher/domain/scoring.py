"""Reciprocal scores at the level of statements: each need takes its best capability."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.matcher.domain.constants import (
    DIRECTION_FLOOR,
    LEVEL_SHARE,
    MUST_HAVE_WEIGHT,
    NICE_TO_HAVE_WEIGHT,
    RELATED_WORK_CONFIDENCE,
    UNANSWERED,
)
from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.levels import Levels
from services.matcher.domain.mutual_score import both_ways, likelihood, standing
from services.matcher.domain.pair_score import PairEvidence, pair_score, standardised
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from shared.contracts.organisation import Necessity, Side
from shared.contracts.suggestions import Basis, SuggestionSide

Lookup = Callable[[StatementKey, StatementKey], PairEvidence | None]
"""Evidence of (asking statement, answering statement); None where the index knows nothing."""


@dataclass(frozen=True, slots=True)
class BestAnswer:
    """A need and the capability that answers it best."""

    asking: Statement
    answering: Statement
    evidence: PairEvidence
    score: float
    standard: float
    """Standard deviations above unrelated pairs: what the score is made of."""


@dataclass(frozen=True, slots=True)
class ScoredDirection:
    """How well one organisation answers another."""

    score: float
    """How far its needs are met."""
    basis: Basis
    asking: tuple[Statement, ...]
    answers: tuple[BestAnswer, ...]
    """At most one for each of `asking`, in its order."""
    likelihood: float = 0.0
    """That they are partners, from this direction alone; 0 before it is `levelled`."""


def asking_side(organisation: MatchedOrganisation) -> tuple[Basis, tuple[Statement, ...]]:
    """Its needs; where it has stated none its capabilities stand in, and it is said."""
    if needs := organisation.side(Side.NEED):
        return Basis.NEEDS, needs
    return Basis.RELATED_WORK, organisation.side(Side.CAPABILITY)


def score_direction(
    asker: MatchedOrganisation,
    answerer: MatchedOrganisation,
    lookup: Lookup,
    statistics: CorrectionStatistics,
) -> ScoredDirection:
    """The best answer to each of the asker's needs, and what they amount to."""
    basis, asking = asking_side(asker)
    offered = answerer.side(Side.CAPABILITY)
    best = [best_answer(one, offered, lookup, statistics) for one in asking]
    weights = [_weight(one) for one in asking]
    scores = [answer.score if answer else 0.0 for answer in best]
    confidence = 1.0 if basis is Basis.NEEDS else RELATED_WORK_CONFIDENCE
    weighted = sum(w * s for w, s in zip(weights, scores, strict=True))
    return ScoredDirection(
        score=confidence * weighted / sum(weights) if weights else 0.0,
        basis=basis,
        asking=asking,
        answers=tuple(answer for answer in best if answer),
    )


def levelled(direction: ScoredDirection, level: Levels) -> ScoredDirection:
    """With its likelihood, from how far its answers stand out among what there is."""
    found = {answer.asking.key: _above(answer, level) for answer in direction.answers}
    standards = [found.get(one.key, UNANSWERED) for one in direction.asking]
    standard = standing(standards, [_weight(one) for one in direction.asking])
    likely = likelihood(standard)
    if direction.basis is Basis.RELATED_WORK or not direction.answers:
        # Who has stated nothing has said nothing against it.
        likely = max(DIRECTION_FLOOR, RELATED_WORK_CONFIDENCE * likely)
    return replace(direction, likelihood=likely)


def both_directions(
    asker: MatchedOrganisation,
    partner: MatchedOrganisation,
    lookup: Lookup,
    statistics: CorrectionStatistics,
) -> tuple[ScoredDirection, ScoredDirection]:
    """What the asker receives and what it gives; `lookup` is of (asker's, partner's statement)."""
    receives = score_direction(asker, partner, lookup, statistics)
    gives = score_direction(partner, asker, lambda own, other: lookup(other, own), statistics)
    return receives, gives


def best_answer(
    asking: Statement,
    offered: Sequence[Statement],
    lookup: Lookup,
    statistics: CorrectionStatistics,
) -> BestAnswer | None:
    """MaxSim (Khattab & Zaharia 2020), of whole statements; ties go to the first."""
    best: tuple[float, Statement, PairEvidence] | None = None
    for answering in offered:
        evidence = lookup(asking.key, answering.key)
        if evidence is None:
            continue
        background = statistics.background_of(asking.language, answering.language)
        standard = standardised(evidence, background)
        if best is None or standard > best[0]:
            best = (standard, answering, evidence)
    return best and BestAnswer(asking, best[1], best[2], pair_score(best[0]), best[0])


def overall(receives: ScoredDirection, gives: ScoredDirection, side: SuggestionSide) -> float:
    """One direction, or the geometric mean of both: a mutual partner beats a one-sided one."""
    if side is SuggestionSide.NEED:
        return receives.likelihood
    if side is SuggestionSide.CAPABILITY:
        return gives.likelihood
    if receives.basis is Basis.NEEDS:
        return both_ways(receives.likelihood, gives.likelihood)
    return math.sqrt(max(receives.score, DIRECTION_FLOOR) * max(gives.score, DIRECTION_FLOOR))


def _above(answer: BestAnswer, level: Levels) -> float:
    both = level.get(answer.asking.key, 0.0) + level.get(answer.answering.key, 0.0)
    return answer.standard - LEVEL_SHARE * both


def _weight(statement: Statement) -> float:
    nice = statement.necessity is Necessity.NICE_TO_HAVE
    return NICE_TO_HAVE_WEIGHT if nice else MUST_HAVE_WEIGHT
