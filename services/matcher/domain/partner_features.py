"""The sum behind a ranking by a text, term by term, and the number shown for it.

score = logistic of: log share of the statements + profile * BM25 of the whole profile
        + named * mention of the name - single * [one statement]
A feature that is not known is 0.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from services.matcher.domain.ranking_weights import CENTRE, SLOPE, RankingWeights


class FeatureName(StrEnum):
    """What a feature is called in explanations."""

    STATEMENTS = "statements"
    """Log of the organisation's share of all statements' weights."""
    PROFILE_WORDS = "profile_words"
    """BM25 over the whole profile, by the best."""
    NAMED = "named"
    """How much of its name stands in the text."""
    SINGLE_STATEMENT = "single_statement"
    """1 where all rests on one statement."""


@dataclass(frozen=True, slots=True)
class PartnerFeature:
    """A feature, and what it adds to the sum."""

    name: FeatureName
    value: float
    contribution: float


def text_features(
    share: float, profile: float, mention: float, statements: int, weights: RankingWeights
) -> tuple[PartnerFeature, ...]:
    """The terms of one organisation."""
    single = 1.0 if statements == 1 else 0.0
    return (
        PartnerFeature(FeatureName.STATEMENTS, share, share),
        PartnerFeature(FeatureName.PROFILE_WORDS, profile, weights.profile * profile),
        PartnerFeature(FeatureName.NAMED, mention, weights.named * mention),
        PartnerFeature(FeatureName.SINGLE_STATEMENT, single, -weights.single * single),
    )


def score(features: tuple[PartnerFeature, ...]) -> float:
    """0 to 1; the same sum gives the same score for every text."""
    total = sum(feature.contribution for feature in features)
    return 1 / (1 + math.exp(-SLOPE * (total - CENTRE)))
