"""Every constant of diversity, and what set it."""

DIVERSITY_LAMBDA = 0.6
"""Of MMR, over logarithms of scores: a near-duplicate competes at exp(-(1 - lambda) / lambda) of
its score, at .6 half of it. On the tuning halves (`python -m benchmarks.diversity`), nDCG@10 at
1 (off), .8, .6, .4: cordis-calls .133, .140, .142, .145 (a few consortia fill the lists there),
cordis-partners .0137, .0136, .0121, .0096, golden and sbir-topics the same throughout (nobody is
alike there); near-duplicates among the first ten: 1.9, 1.3, .1, 0 and 6.5, .7, .1, 0 pairs."""

DIVERSIFIED = 50
"""Places that are ordered anew; the others follow by score."""

SISTER_LIKENESS = 0.7
"""Institutes of one university do different work; equal profiles count 1."""

NEAR_DUPLICATE = 0.75
"""From this likeness of texts or words on, two count as nearly one; below, they are sisters."""

NEAR_EQUAL_WORDS = 0.8
"""Cosine of rare words from which on two profiles are alike at all."""

COMPARED_CHARACTERS = 300
"""Of a text, for being equal to another."""

COMPARED_STATEMENTS = 32
"""Statements whose words are compared."""

WORD_BUCKETS = 1024
"""Words are counted in so many buckets."""

LEAST_SCORE = 1e-6
"""What shown scores are rounded to: lower ones are equal."""
