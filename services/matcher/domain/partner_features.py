"""The sum behind a ranking by a text, term by term, and the number shown for it.

total = log share of the statements + profile * BM25 of the whole profile
        + named * mention of the name - single * [one statement] + what speaks beside the text
The score is a logistic of it. A feature that is not known is 0.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.matcher.domain.ranking_weights import (
    Curve,
    RankingWeights,
    RelatedWorkWeights,
)

_STEEPEST = 700.0
"""What a float's exponential bears."""
_LEAST = 1e-9
"""A score of 0 has no log-odds."""


class FeatureName(StrEnum):
    """What a feature is called in explanations."""

    STATEMENTS = "statements"
    """Log of the organisation's share of all statements' weights."""
    PROFILE_WORDS = "profile_words"
    """BM25 over the whole profile, by the root of the most that the text could score."""
    NAMED = "named"
    """How much of its name stands in the text."""
    SINGLE_STATEMENT = "single_statement"
    """1 where all rests on one statement."""
    RELATED_WORK = "related_work"
    """Log of the organisation's share of all statements, by their nearness to the asker's own."""
    NAMED_BY = "named_by"
    """How much of the asker's name stands in its texts."""
    SAME_COUNTRY = "same_country"
    HUB = "hub"
    """For how many of the platform's needs it is among the ten nearest, by the limit; 0 below."""
    FIELD_OVERLAP = "field_overlap"
    """How near the fields of the two are, 0 to 1."""
    COMPLEMENTARY_FIELDS = "complementary_fields"
    """How near the fields of one's capabilities are to those of the other's needs, 0 to 1."""
    READINESS_GAP = "readiness_gap"
    """How far answers lag behind the readiness that is asked for, 0 to 1."""
    SAME_CITY = "same_city"
    SAME_PROVINCE = "same_province"
    PAST_COLLABORATION = "past_collaboration"
    """Log of 1 + the projects that both have shared."""
    COMMON_PARTNERS = "common_partners"
    """Log of 1 + the organisations that both have worked with."""
    RECENCY = "recency"
    """1 where something was stated today, 0 where nothing was for ten years."""
    ACTIVITY = "activity"
    """Log of 1 + statements of the last three years."""
    POPULARITY = "popularity"
    """Log of 1 + shared projects."""


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


def shifted(score: float, features: Iterable[PartnerFeature]) -> float:
    """A score whose log-odds are moved by what these features add; 0 to 1.

    Whatever made the score, features beside the text act on it here and nowhere else.
    """
    moved = sum(feature.contribution for feature in features)
    if not moved:
        return score
    inside = min(1 - _LEAST, max(_LEAST, score))
    return 1 / (1 + math.exp(min(_STEEPEST, -math.log(inside / (1 - inside)) - moved)))


def total(features: Iterable[PartnerFeature]) -> float:
    """The sum; compares organisations, and texts with each other."""
    return sum(feature.contribution for feature in features)


def score(features: Iterable[PartnerFeature], curve: Curve) -> float:
    """0 to 1; the same sum gives the same score for every text."""
    steep = -curve.slope * (total(features) - curve.centre)
    return 1 / (1 + math.exp(min(_STEEPEST, steep)))
