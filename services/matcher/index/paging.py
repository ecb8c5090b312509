"""Pages of organisations, for both engines: neither sorts by a keyword itself."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from services.matcher.ports import IndexedVersion


class VersionRow(NamedTuple):
    """What a statement's point says of itself."""

    organisation: str
    statement: str
    version: int


def version_row(payload: Mapping[str, Any]) -> VersionRow:
    """From a point's payload."""
    return VersionRow(payload["organisation"], payload["statement"], payload["version"])


def page_of(
    everyone: Sequence[str], after: str | None, limit: int
) -> tuple[Sequence[str], str | None]:
    """The ids after `after` of an ascending sequence, and where the next page starts."""
    start = bisect_right(everyone, after) if after is not None else 0
    page = everyone[start : start + limit]
    return page, page[-1] if page and start + limit < len(everyone) else None


def grouped(rows: Iterable[VersionRow]) -> list[IndexedVersion]:
    """By organisation, in id order; of mixed versions the oldest, which is what wants mending."""
    versions = []
    for organisation, of_one in groupby(sorted(rows), key=lambda row: row.organisation):
        held = list(of_one)
        oldest = min(row.version for row in held)
        statements = frozenset(row.statement for row in held)
        versions.append(IndexedVersion(organisation, oldest, statements))
    return versions
