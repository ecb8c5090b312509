"""Random points for the vector index's tests."""

import numpy as np

from services.matcher.domain.statements import StatementKey
from services.matcher.ports import (
    IndexedName,
    IndexedStatement,
    OrganisationPoints,
    SparseVector,
    Vectors,
)
from shared.contracts.organisation import Kind, Side

DIMENSION = 16


def unit(rng: np.random.Generator, dimension: int = DIMENSION) -> Vectors:
    vector = rng.standard_normal(dimension).astype(np.float32)
    result: Vectors = vector / np.linalg.norm(vector)
    return result


def words(rng: np.random.Generator, count: int = 5) -> SparseVector:
    """Words of a small vocabulary, with ids up to 32 bits."""
    ids = sorted(int(one) * 143_165_576 for one in rng.choice(30, size=count, replace=False))
    return SparseVector(tuple(ids), tuple(float(one) for one in rng.uniform(0.2, 2.0, size=count)))


def statement(
    organisation: str, name: str, rng: np.random.Generator, **changes: object
) -> IndexedStatement:
    values: dict[str, object] = {
        "key": StatementKey(organisation, name),
        "side": Side.CAPABILITY,
        "language": "zh",
        "kind": Kind.INSTITUTION,
        "country": "CN",
        "province": "320000",
        "fields": ("xr-display",),
        "version": 1,
        "raw": unit(rng),
        "corrected": unit(rng),
        "lexical": words(rng),
    }
    return IndexedStatement(**{**values, **changes})  # type: ignore[arg-type]


def points(
    organisation: str, rng: np.random.Generator, count: int = 2, version: int = 1, **changes: object
) -> OrganisationPoints:
    statements = [
        statement(organisation, f"c{number}", rng, version=version, **changes)
        for number in range(count)
    ]
    return OrganisationPoints(organisation, version, statements)


def name(organisation: str, ids: tuple[int, ...]) -> IndexedName:
    """A name of these words."""
    words = SparseVector(ids, tuple(1.0 for _ in ids))
    sides = (Side.CAPABILITY,)
    return IndexedName(
        organisation, words, sides, Kind.INSTITUTION, "CN", "320000", ("xr-display",), 1
    )
