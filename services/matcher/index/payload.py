"""What a filter asks of a point, and what a hit tells; the same for both engines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.matcher.domain.statements import StatementKey
from services.matcher.index.points import CORRECTED, LEXICAL, NAME, WINDOWS, among
from services.matcher.index_hits import FoundPoint
from services.matcher.ports import IndexFilter, IndexQuery, Part

KEYWORDS = ("organisation", "part", "among", "kind", "country", "province", "fields")
INTEGERS = ("version",)
HIT_FIELDS = ["organisation", "statement", "language", "hub", "content", "windowed"]
VERSION_FIELDS = ["organisation", "statement", "version"]

ANY_LIMIT = 10_000_000
"""More organisations than there will ever be: `all of them` where an engine wants a limit."""

Condition = tuple[str, Sequence[str]]
"""A payload key and the values of which one must match."""


def required(wanted: IndexFilter) -> Iterator[Condition]:
    """Conditions that must all hold."""
    if wanted.part is Part.NAME:
        yield "among", [among(Part.NAME, wanted.side)]
    else:
        yield "among", [among(Part.WHOLE, wanted.side, wanted.visibility)]
    if wanted.kind:
        yield "kind", [wanted.kind.value]
    if wanted.country:
        yield "country", [wanted.country]
    if wanted.province:
        yield "province", [wanted.province]
    if wanted.countries:
        yield "country", wanted.countries
    if wanted.provinces:
        yield "province", wanted.provinces
    if wanted.fields:
        yield "fields", wanted.fields
    if wanted.organisations:
        yield "organisation", wanted.organisations


def forbidden(wanted: IndexFilter) -> Iterator[Condition]:
    """Conditions of which none may hold."""
    if wanted.excluded_organisations:
        yield "organisation", wanted.excluded_organisations


def vector_name(query: IndexQuery) -> str:
    """Which of a point's vectors is compared."""
    if query.dense is not None:
        return WINDOWS if query.filter.part is Part.WINDOW else CORRECTED
    return NAME if query.filter.part is Part.NAME else LEXICAL


def nearest_to(query: IndexQuery) -> list[float] | list[list[float]]:
    """The dense question, as the vectors that it is compared with are given."""
    one: list[float] = [] if query.dense is None else query.dense.tolist()
    return [one] if query.filter.part is Part.WINDOW else one


def is_empty(query: IndexQuery) -> bool:
    """Whether it is a lexical query without a word: it finds nothing."""
    return query.dense is None and not (query.lexical and query.lexical.indices)


def point_of(found: Mapping[str, Any]) -> FoundPoint:
    """What a payload says."""
    return FoundPoint(
        StatementKey(found["organisation"], found["statement"]),
        found.get("language", ""),
        found.get("hub", 0.0),
        found.get("content", ""),
        found.get("windowed", False),
    )
