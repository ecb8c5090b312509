"""Pages of organisations, for both engines: neither sorts by a keyword itself."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby

from services.matcher.ports import IndexedVersion

VersionRow = tuple[str, str, int]
"""Organisation, statement, version."""


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
    for organisation, of_one in groupby(sorted(rows), key=lambda row: row[0]):
        held = list(of_one)
        oldest = min(version for _, _, version in held)
        statements = frozenset(statement for _, statement, _ in held)
        versions.append(IndexedVersion(organisation, oldest, statements))
    return versions
