"""Pages of organisations, for both engines: neither sorts by a keyword itself."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from services.matcher.ports import IndexedVersion


class VersionRow(NamedTuple):
    """A point of a statement: the whole (window 0) or one of its windows."""

    organisation: str
    statement: str
    version: int
    window: int = 0
    windows: int = 0
    """That the statement has."""


def version_row(payload: Mapping[str, Any]) -> VersionRow:
    """From a point's payload."""
    return VersionRow(
        payload["organisation"],
        payload["statement"],
        payload["version"],
        payload.get("window", 0),
        payload.get("windows", 0),
    )


def page_of(
    everyone: Sequence[str], after: str | None, limit: int
) -> tuple[Sequence[str], str | None]:
    """The ids after `after` of an ascending sequence, and where the next page starts."""
    start = bisect_right(everyone, after) if after is not None else 0
    page = everyone[start : start + limit]
    return page, page[-1] if page and start + limit < len(everyone) else None


def grouped(rows: Iterable[VersionRow]) -> list[IndexedVersion]:
    """By organisation, in id order; of mixed versions the oldest, which is what wants mending.

    A statement counts as held when its whole and all of its windows are there.
    """
    versions = []
    for organisation, of_one in groupby(sorted(rows), key=lambda row: row.organisation):
        held = list(of_one)
        oldest = min(row.version for row in held)
        versions.append(IndexedVersion(organisation, oldest, _complete(held)))
    return versions


def _complete(rows: Sequence[VersionRow]) -> frozenset[str]:
    complete = set()
    for statement, of_one in groupby(rows, key=lambda row: row.statement):
        held = list(of_one)
        if {row.window for row in held} == set(range(held[0].windows + 1)):
            complete.add(statement)
    return frozenset(complete)
