"""Profiles as arrays for the exact search."""

from collections.abc import Sequence

import numpy as np

from services.matcher.domain.constants import (
    MUST_HAVE_WEIGHT,
    NICE_TO_HAVE_WEIGHT,
    RELATED_WORK_CONFIDENCE,
)
from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.statements import AllStatements, OneSide, Vectors
from services.matcher.domain.language_correction import (
    LANGUAGES,
    Background,
    CorrectionStatistics,
)
from services.matcher.domain.scoring import asking_side
from services.matcher.domain.statements import Statement
from services.matcher.service.rematch.moment import Group
from shared.contracts.organisation import Necessity, Side
from shared.contracts.suggestions import Basis


def both_sides(group: Group, statistics: CorrectionStatistics) -> AllStatements:
    """Corrected vectors, with what is taken off for each pair of languages as two more columns.

    As in the full score, capabilities stand in for needs that nobody has stated, and count less.
    """
    profiles = list(group.profiles.values())
    asking = [asking_side(one) for one in profiles]
    needs = _side(group, [stated for _, stated in asking], statistics, Side.NEED)
    offers = [one.side(Side.CAPABILITY) for one in profiles]
    confidence = [1.0 if basis is Basis.NEEDS else RELATED_WORK_CONFIDENCE for basis, _ in asking]
    return AllStatements(
        OneSide(needs.vectors, needs.counts, needs.weights, np.array(confidence, dtype=np.float32)),
        _side(group, offers, statistics, Side.CAPABILITY),
    )


def measure(statistics: CorrectionStatistics) -> CosineLikelihood:
    """The means are in the vectors; the deviations of the pairs of languages differ little."""
    deviations = [
        statistics.background_of(one, other).deviation for one in LANGUAGES for other in LANGUAGES
    ]
    return CosineLikelihood.against(Background(0.0, float(np.mean(deviations)), 0))


def _side(
    group: Group,
    stated: Sequence[Sequence[Statement]],
    statistics: CorrectionStatistics,
    side: Side,
) -> OneSide:
    statements = [one for some in stated for one in some]
    rows = np.array([group.rows[one.key] for one in statements], dtype=np.int64)
    width = group.vectors.shape[1]
    # Filled in one go: copies of copies were most of the memory.
    vectors = np.empty((len(rows), width + len(LANGUAGES)), dtype=np.float32)
    vectors[:, :width] = group.vectors[rows]
    vectors[:, width:] = _languages(statements, statistics, side)
    counts = np.array([len(some) for some in stated], dtype=np.int64)
    weights = np.array([_weight(one) for one in statements], dtype=np.float32)
    return OneSide(vectors, counts, weights)


def _languages(
    statements: Sequence[Statement], statistics: CorrectionStatistics, side: Side
) -> Vectors:
    """Shape (statements, languages): their product is minus the mean of unrelated pairs."""
    if side is Side.CAPABILITY:
        rows = {one: [float(one == other) for other in LANGUAGES] for one in LANGUAGES}
    else:
        rows = {
            one: [-statistics.background_of(one, other).mean for other in LANGUAGES]
            for one in LANGUAGES
        }
    found = [rows[one.language] for one in statements]
    return np.array(found, dtype=np.float32).reshape(-1, len(LANGUAGES))


def _weight(statement: Statement) -> float:
    nice = statement.necessity is Necessity.NICE_TO_HAVE
    return NICE_TO_HAVE_WEIGHT / MUST_HAVE_WEIGHT if nice else 1.0
