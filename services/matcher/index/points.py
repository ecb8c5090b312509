"""What an organisation is in the index: plain points, the same for both engines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.matcher.domain.statements import StatementKey
from services.matcher.ports import (
    IndexedName,
    IndexedStatement,
    OrganisationPoints,
    Part,
    SparseVector,
    Vectors,
)
from shared.contracts.organisation import Side, Visibility

RAW = "raw"
CORRECTED = "corrected"
WINDOWS = "windows"
"""Several vectors of a point; its score is that of the best (MaxSim)."""
LEXICAL = "lexical"
NAME = "name"


def among(part: Part, side: Side, visibility: Visibility | None = None) -> str:
    """A point's value of the payload key `among`: one condition takes half the time of three."""
    return "/".join([part.value, side.value, *([visibility.value] if visibility else [])])


@dataclass(frozen=True)
class PlainPoint:
    """Vectors by their name, and the payload: all that filters, reconciliation and
    `StatementKey` need, never the text."""

    id: int
    dense: Mapping[str, Vectors]
    """Of shape (dimension,); windows (windows, dimension)."""
    sparse: Mapping[str, SparseVector]
    payload: Mapping[str, Any]


def points_of(changes: Sequence[OrganisationPoints]) -> list[PlainPoint]:
    """All points of a change, checked.

    Raises ValueError naming a statement whose vector is not finite or is zero (the engines
    store such without complaint), and on an organisation that comes twice.
    """
    organisations = [change.organisation for change in changes]
    if len(set(organisations)) != len(organisations):
        raise ValueError("an organisation comes twice in one change")
    points: list[PlainPoint] = []
    for change in changes:
        for statement in change.statements:
            _require_usable(statement)
            points.append(_of_statement(statement))
        if change.name:
            points.append(_of_name(change.name))
    return points


def _require_usable(statement: IndexedStatement) -> None:
    for vector in (statement.raw, statement.corrected, *statement.windows):
        if not np.isfinite(vector).all() or not np.abs(vector).max(initial=0.0) > 1e-6:
            raise ValueError(f"statement {statement.key.statement!r} has no usable vector")


def _of_statement(statement: IndexedStatement) -> PlainPoint:
    visibilities = (None, statement.visibility)
    return PlainPoint(
        statement.key.point_id,
        {RAW: statement.raw, CORRECTED: statement.corrected, **_windows(statement)},
        {LEXICAL: statement.lexical} if statement.lexical.indices else {},
        {
            **_payload(statement),
            "part": Part.WHOLE.value,
            # To be found by whom may see anything, and by whom may see this visibility.
            "among": [among(Part.WHOLE, statement.side, one) for one in visibilities],
        },
    )


def _windows(statement: IndexedStatement) -> dict[str, Vectors]:
    """None of a short statement: it is its own window, and would be searched twice."""
    return {WINDOWS: np.stack(statement.windows)} if statement.windows else {}


def _of_name(name: IndexedName) -> PlainPoint:
    return PlainPoint(
        StatementKey(name.organisation, "").point_id,
        {},
        {NAME: name.words} if name.words.indices else {},
        {
            "part": Part.NAME.value,
            "organisation": name.organisation,
            "statement": "",
            "among": [among(Part.NAME, side) for side in name.sides],
            "kind": name.kind.value,
            "country": name.country,
            "province": name.province,
            "fields": list(name.fields),
            "version": name.version,
        },
    )


def _payload(statement: IndexedStatement) -> dict[str, Any]:
    return {
        "organisation": statement.key.organisation,
        "statement": statement.key.statement,
        "language": statement.language,
        "kind": statement.kind.value,
        "country": statement.country,
        "province": statement.province,
        "fields": list(statement.fields),
        "version": statement.version,
        "hub": statement.hub,
        "content": statement.content,
        "windowed": bool(statement.windows),
    }
