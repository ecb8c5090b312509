"""How flat a need's scores are: a vague one is answered by everything about equally well.

NQC, the deviation of the best scores over that of the collection (Shtok, Kurland, Carmel, Raiber
& Markovits, "Predicting Query Performance by Query-Drift Estimation", TOIS 2012). Of the
measures tried on the tuning half of `tests/quality/clarity` (area under the ROC curve for clear
against vague): mean of the best scores over the collection's (WIG, Zhou & Croft 2007) .77 but
dependent on the number of statements, which the index does not tell by side; NQC .68; the skew of
all scores .69; the best over the median .64; entropy, as in the clarity score of Cronen-Townsend,
Zhou & Croft (2002), .62 to .67. On the report half NQC gives .55: alone it decides nothing, and
weighs little beside the words.
"""

import math
from collections.abc import Sequence

import numpy as np

POOL = 400
"""Hits asked for."""
BEST = 100
"""Of which so many count, at most a quarter of what there is."""
FEWEST = 40
"""Fewer statements say nothing about how flat the scores are."""
MIDDLE = 0.53
"""Spread between vague and clear: medians .50 and .53 (.62 for short clear needs), tuning half."""
WIDTH = 0.08


def spread(standardised: Sequence[float]) -> tuple[float, int] | None:
    """NQC of scores in standard deviations of unrelated pairs, and over how many of the best."""
    if len(standardised) < FEWEST:
        return None
    best = min(BEST, len(standardised) // 4)
    top = np.sort(np.asarray(standardised, dtype=np.float64))[::-1][:best]
    return float(top.std()), best


def distinctness_score(spread: float) -> float:
    """0 to 1; .5 in the middle between vague and clear."""
    return 1 / (1 + math.exp(-(spread - MIDDLE) / WIDTH))
