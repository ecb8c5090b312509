"""Every constant of the score, and where it comes from."""

LEXICAL_WEIGHT = 0.25
"""Weight of the lexical share beside the cosine. The share is of what the question's words could
score at most: shares of the best answer's score gave any answer a bonus of three deviations, and
the true partner of the demo data came first in .77 of the cases instead of 1.0."""

COMPETITORS = 100
"""A pair's score is the chance that it beats the best of so many unrelated pairs (Sidak 1967).
100 is about what one statement meets among the candidates of a first search."""

LEVEL_NEIGHBOURS = 10
LEVEL_SHARE = 0.5
"""CSLS as published. Against no levels, R@1 of mutual partners .37 to .43 on golden's tuning half,
.967, .963, .949 to .969, .976, .972 on pairs made of chinaxiv-mixed, -zh-en, -en-zh, 1.0 on the
demo data; 5 and 20 neighbours are within one query of it. See docs/experiments.md."""

LEVEL_STATEMENTS = 8
"""Statements of each side by which an organisation counts in others' levels: bounds the work."""

LIKELIHOOD_SLOPE = 2.55
LIKELIHOOD_CENTRE = 1.63
"""Of the logistic from standard deviations above unrelated pairs, less the levels, to the
likelihood of a partner: a logistic regression of one direction over the demo data and golden's
tuning half (112 questions, true partners against all others). Ranking is flat from there up."""

UNANSWERED = -3.0
"""Standing of a need that nothing answers: what 97 in 100 unrelated organisations are above."""

MUST_HAVE_WEIGHT = 2.0
NICE_TO_HAVE_WEIGHT = 1.0
"""A must-have counts twice: the product's decision, to be learned from coordinators later."""

RELATED_WORK_CONFIDENCE = 0.5
"""Factor on a direction whose asker has stated no needs: capabilities alike are a hint only."""

DIRECTION_FLOOR = 0.01
"""Of a direction of which nothing is known, one in a hundred; for an organisation without needs
also of any other, where it keeps one-sided partners ordered, and low."""

MET = 0.5
"""From here on a need counts as met: more likely than not better than any unrelated pair."""

CANDIDATES_PER_STATEMENT = 100
"""Hits asked for each statement in the first round; recall of the true partner was 1 at 50."""

CANDIDATE_ORGANISATIONS = 100
"""Organisations scored exactly; as many as one page may hold."""

QUERIED_STATEMENTS = 64
"""Statements of a side that ask the index; the must-have needs come first."""

EXPLAINED_ANSWERS = 10
"""Answers shown for a direction, best first."""

HAN_SHARE = 0.2
"""From this share of Han characters among the letters on, a text is Chinese: Chinese technical
text is full of Latin names, English text holds hardly any Han."""

SCORE_DECIMALS = 9
"""Scores are rounded before they are compared, so that a cursor names its place exactly."""
