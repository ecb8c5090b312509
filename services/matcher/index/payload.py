"""What a point carries, and what a filter asks of it; the same for both engines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from services.matcher.domain.statements import StatementKey
from services.matcher.ports import (
    IndexedStatement,
    IndexFilter,
    IndexHit,
    IndexQuery,
    OrganisationPoints,
)

RAW = "raw"
CORRECTED = "corrected"
LEXICAL = "lexical"

KEYWORDS = ("organisation", "side", "kind", "country", "province", "fields", "visibility")
INTEGERS = ("version",)
KEY_FIELDS = ["organisation", "statement"]
VERSION_FIELDS = ["organisation", "statement", "version"]

ANY_LIMIT = 10_000_000
"""More organisations than there will ever be: `all of them` where an engine wants a limit."""

Condition = tuple[str, Sequence[str]]
"""A payload key and the values of which one must match."""


def payload(statement: IndexedStatement) -> dict[str, Any]:
    """All that filters, reconciliation and `StatementKey` need; never the text."""
    return {
        "organisation": statement.key.organisation,
        "statement": statement.key.statement,
        "side": statement.side.value,
        "language": statement.language,
        "kind": statement.kind.value,
        "country": statement.country,
        "province": statement.province,
        "fields": list(statement.fields),
        "version": statement.version,
        "visibility": statement.visibility.value,
    }


def required(wanted: IndexFilter) -> Iterator[Condition]:
    """Conditions that must all hold."""
    yield "side", [wanted.side.value]
    if wanted.kind:
        yield "kind", [wanted.kind.value]
    if wanted.country:
        yield "country", [wanted.country]
    if wanted.province:
        yield "province", [wanted.province]
    if wanted.field:
        yield "fields", [wanted.field]
    if wanted.visibility:
        yield "visibility", [wanted.visibility.value]
    if wanted.organisations:
        yield "organisation", wanted.organisations


def forbidden(wanted: IndexFilter) -> Iterator[Condition]:
    """Conditions of which none may hold."""
    if wanted.excluded_organisations:
        yield "organisation", wanted.excluded_organisations


def is_empty(query: IndexQuery) -> bool:
    """Whether it is a lexical query without a word: it finds nothing."""
    return query.dense is None and not (query.lexical and query.lexical.indices)


def key_of(found: Mapping[str, Any]) -> StatementKey:
    """The statement that a payload is of."""
    return StatementKey(found["organisation"], found["statement"])


def ranked(hits: Sequence[IndexHit]) -> list[IndexHit]:
    """Best first; equal scores in the order of their keys, so that answers repeat."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.key.organisation, hit.key.statement))


def statements_of(changes: Sequence[OrganisationPoints]) -> list[IndexedStatement]:
    """All points of a change, checked.

    Raises ValueError naming a statement whose vector is not finite or is zero (the engines
    store such without complaint), and on an organisation that comes twice.
    """
    organisations = [change.organisation for change in changes]
    if len(set(organisations)) != len(organisations):
        raise ValueError("an organisation comes twice in one change")
    statements = [one for change in changes for one in change.statements]
    for one in statements:
        for vector in (one.raw, one.corrected):
            if not np.isfinite(vector).all() or not np.abs(vector).max(initial=0.0) > 1e-6:
                raise ValueError(f"statement {one.key.statement!r} has no usable vector")
    return statements
