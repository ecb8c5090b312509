"""Weights of what speaks for a partner beside the text; 0 switches a feature off."""

from dataclasses import dataclass

HUB_DAMPING = 4.0


@dataclass(frozen=True)
class PriorWeights:
    """Added to the log-odds of the score; named as the features are.

    Differences are of nDCG@10 on the tuning half of the queries, with one standard error:
    t of texts (cordis-calls), r of related work (cordis-partners), g of stated needs (golden).
    """

    field_overlap: float = 0.0
    """No data set states fields: 0 until decisions teach its weight."""
    complementary_fields: float = 0.0
    """As above."""
    readiness_gap: float = 0.0
    """No data set states readiness levels."""
    same_city: float = 0.0
    """1: r +.002 +- .002, g -.001 +- .001."""
    same_province: float = 0.0
    """No data set states provinces."""
    past_collaboration: float = 0.0
    """1: r 0 (the set asks for new partners), g 0."""
    common_partners: float = 0.0
    """1: r +.012 +- .008, 2: +.017 +- .010; g 0. Popularity says the same, and more."""
    recency: float = 0.0
    """1: t +.001 +- .001, r 0, g +.008 +- .010."""
    activity: float = 0.0
    """.5: t +.021 +- .010, r +.016 +- .006, g +.007 +- .010: popularity again."""
    popularity: float = 0.0
    """.25, .5, 1, 2: t +.016, .026, .037, .027 +- .007 to .014, r +.010, .020, .031, .042 +- .004
    to .011, g +.003, +.005, -.021, -.022 +- .015 to .025: it stays out where needs are stated."""
    hub: float = -HUB_DAMPING
    """Log-odds that a flagged profile loses for each multiple of the platform's limit."""


PRIORS = PriorWeights()
"""Where needs are stated: nothing helps there beyond noise."""

TEXT_PRIORS = PriorWeights(popularity=0.5)
"""Of a search by text. Shared projects alone are as good as statements and projects together on
cordis-calls (.192 and .193; without .161), and count nothing where a platform has no projects on
record: on sbir-topics counting statements cost .011."""

RELATED_PRIORS = PriorWeights(popularity=2.0, common_partners=1.0)
"""Where the asker has stated no needs. Popularity by shared projects 1, 2, 3: nDCG@10 .065, .070,
.068 on cordis-partners, with partners in common .070, but R@10 .103 to .118, R@50 .257 to .274."""

RECENT_YEARS = 3
"""What was stated in so many years counts as activity."""

FORGOTTEN_YEARS = 10
"""What is older than that is all the same."""
