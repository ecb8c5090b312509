"""Every constant of diversity, and what set it."""

DIVERSITY_LAMBDA = 0.5
"""Of MMR, over logarithms of scores: a near-duplicate competes at exp(-(1 - lambda) / lambda) of
its score."""

DIVERSIFIED = 100
"""Places that are ordered anew; the others follow by score."""

SISTER_LIKENESS = 0.7
"""Institutes of one university do different work; equal profiles count 1."""

NEAR_DUPLICATE = 0.75
"""From this likeness of texts or words on, two count as nearly one; below, they are sisters."""

NEAR_EQUAL_WORDS = 0.8
"""Cosine of rare words from which on two profiles are alike at all."""

COMPARED_STATEMENTS = 32
"""Statements whose words are compared."""

WORD_BUCKETS = 1024
"""Words are counted in so many buckets."""

LEAST_SCORE = 1e-6
"""What shown scores are rounded to: lower ones are equal."""
