"""Records as rows to learn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.learning.lessons import Lesson, lesson
from services.matcher.domain.learning.logistic import Array
from shared.contracts.decisions import PairRecord, RecordKind

MOST_WEIGHT = 10.0
"""Bound on the inverse of a propensity: unbounded, one explored place would outweigh hundreds of
decisions (truncated importance sampling, Ionides 2008)."""


@dataclass(frozen=True)
class Example:
    """One outcome of one suggestion."""

    pair: tuple[str, str]
    """In bytewise order."""
    at: datetime
    raw: float
    values: dict[str, float]
    label: float
    weight: float
    taught: frozenset[str] | None
    decided: bool
    """By a coordinator: what calibration is fitted on."""


@dataclass(frozen=True)
class Table:
    """Rows (n) by features (k)."""

    names: tuple[str, ...]
    values: Array
    taught: NDArray[np.bool_]
    raw: Array
    labels: Array
    weights: Array
    decided: NDArray[np.bool_]


def examples(records: Iterable[PairRecord], ranking: str, model: str) -> list[Example]:
    """Of what stands, was suggested by this edition of the ranking and model, and teaches."""
    found = []
    for one in records:
        said = lesson(one.kind, one.verdict, one.reasons)
        known = one.snapshot
        if one.superseded or said is None or known is None:
            continue
        if known.model == model and known.ranking_version.split("+")[0] == ranking:
            found.append(_example(one, said))
    return found


def split_in_time(
    found: Sequence[Example], held_out_share: float
) -> tuple[list[Example], list[Example]]:
    """Earlier pairs and later ones, by their first record: no pair is on both sides."""
    first: dict[tuple[str, str], datetime] = {}
    for one in found:
        first[one.pair] = min(first.get(one.pair, one.at), one.at)
    order = sorted(first, key=lambda pair: (first[pair], pair))
    earlier = set(order[: len(order) - round(held_out_share * len(order))])
    return [x for x in found if x.pair in earlier], [x for x in found if x.pair not in earlier]


def table(found: Sequence[Example], names: Sequence[str]) -> Table:
    """A feature that was not known is 0."""
    rows = [[one.values.get(name, 0.0) for name in names] for one in found]
    taught = [[one.taught is None or name in one.taught for name in names] for one in found]
    shape = (len(found), len(names))
    return Table(
        names=tuple(names),
        values=np.array(rows, dtype=np.float64).reshape(shape),
        taught=np.array(taught, dtype=bool).reshape(shape),
        raw=np.array([one.raw for one in found], dtype=np.float64),
        labels=np.array([one.label for one in found], dtype=np.float64),
        weights=np.array([one.weight for one in found], dtype=np.float64),
        decided=np.array([one.decided for one in found], dtype=bool),
    )


def feature_names(found: Iterable[Example]) -> tuple[str, ...]:
    """All that occur, in order."""
    return tuple(sorted({name for one in found for name in one.values}))


def _example(one: PairRecord, said: Lesson) -> Example:
    assert one.snapshot
    first, second = sorted((one.organisation, one.partner))
    return Example(
        pair=(first, second),
        at=one.said_at,
        raw=one.snapshot.raw,
        values={feature.name: feature.value for feature in one.snapshot.features},
        label=said.label,
        weight=said.weight * min(1 / one.snapshot.propensity, MOST_WEIGHT),
        taught=said.features,
        decided=one.kind is RecordKind.DECISION,
    )
