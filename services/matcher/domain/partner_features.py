"""The sum behind a ranking by a text, term by term, and the number shown for it.

score = logistic of: log share of the statements + profile * BM25 of the whole profile
        + named * mention of the name - single * [one statement]
A feature that is not known is 0.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from services.matcher.domain.ranking_weights import (
    CENTRE,
    SLOPE,
    RankingWeights,
    RelatedWorkWeights,
)

_STEEPEST = 700.0
"""What a float's exponential bears."""


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
    RELATED_WORK = "related_work"
    """Log of the organisation's share of all statements, by their nearness to the asker's own."""
    NAMED_BY = "named_by"
    """How much of the asker's name stands in its texts."""
    SAME_COUNTRY = "same_country"


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


def related_features(
    share: float,
    mention: float,
    mentioned_by: float,
    same_country: bool,
    statements: int,
    weights: RelatedWorkWeights,
) -> tuple[PartnerFeature, ...]:
    """The terms of one organisation, for an asker that has stated no needs."""
    single = 1.0 if statements == 1 else 0.0
    country = 1.0 if same_country else 0.0
    return (
        PartnerFeature(FeatureName.RELATED_WORK, share, share),
        PartnerFeature(FeatureName.NAMED, mention, weights.named * mention),
        PartnerFeature(FeatureName.NAMED_BY, mentioned_by, weights.named_back * mentioned_by),
        PartnerFeature(FeatureName.SAME_COUNTRY, country, weights.country * country),
        PartnerFeature(FeatureName.SINGLE_STATEMENT, single, -weights.single * single),
    )


def score(features: tuple[PartnerFeature, ...]) -> float:
    """0 to 1; the same sum gives the same score for every text."""
    total = sum(feature.contribution for feature in features)
    return 1 / (1 + math.exp(min(_STEEPEST, -SLOPE * (total - CENTRE))))
