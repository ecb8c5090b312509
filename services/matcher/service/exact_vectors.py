"""Profiles as arrays for the exact search."""

from collections.abc import Sequence

import numpy as np

from services.matcher.domain.constants import MUST_HAVE_WEIGHT, NICE_TO_HAVE_WEIGHT
from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.statements import AllStatements, OneSide, Vectors
from services.matcher.domain.language_correction import (
    LANGUAGES,
    Background,
    CorrectionStatistics,
)
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.service.encoding import StatementEncoder
from shared.contracts.organisation import Necessity, Side


async def both_sides(
    profiles: Sequence[MatchedOrganisation], encoder: StatementEncoder
) -> AllStatements:
    """Corrected vectors, with what is taken off for each pair of languages as two more columns."""
    return AllStatements(
        await _side(profiles, encoder, Side.NEED), await _side(profiles, encoder, Side.CAPABILITY)
    )


def measure(statistics: CorrectionStatistics) -> CosineLikelihood:
    """The means are in the vectors; the deviations of the pairs of languages differ little."""
    deviations = [
        statistics.background_of(one, other).deviation for one in LANGUAGES for other in LANGUAGES
    ]
    return CosineLikelihood.against(Background(0.0, float(np.mean(deviations)), 0))


async def _side(
    profiles: Sequence[MatchedOrganisation], encoder: StatementEncoder, side: Side
) -> OneSide:
    owners = [(place, one) for place, owner in enumerate(profiles) for one in owner.side(side)]
    statements = [one for _, one in owners]
    columns = _languages(statements, encoder.statistics, side)
    vectors = await encoder.vectors(statements) if statements else None
    width = 0 if vectors is None else vectors.shape[1]
    plain = np.zeros((0, width), dtype=np.float32) if vectors is None else vectors
    return OneSide.of(
        np.hstack([plain, columns]),
        np.array([place for place, _ in owners], dtype=np.int64),
        len(profiles),
        np.array([_weight(one) for one in statements], dtype=np.float32),
    )


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
