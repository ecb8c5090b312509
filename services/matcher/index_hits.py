"""What the index answers, in columns: a thousand hits are read as a few arrays, not one by one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.statements import StatementKey

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


class FoundPoint(NamedTuple):
    """What a point says of itself."""

    key: StatementKey
    language: str = ""
    hub: float = 0.0
    content: str = ""
    """The same for equal texts; empty where that is not known."""
    windowed: bool = False
    """Whether its text is long and has windows."""


class IndexHit(NamedTuple):
    """A point and its score (cosine, or BM25 with the IDF of statements or of names)."""

    point: FoundPoint
    score: float

    @property
    def key(self) -> StatementKey:
        """The statement's."""
        return self.point.key


class _Column:
    """An array that grows at its end."""

    def __init__(self, dtype: type[Any]) -> None:
        self._held = np.zeros(1024, dtype=dtype)
        self._size = 0

    def append(self, values: Sequence[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._held):
            # A new array: readers of the old one go on undisturbed.
            grown = np.zeros(max(size, 2 * len(self._held)), dtype=self._held.dtype)
            grown[: self._size] = self._held[: self._size]
            self._held = grown
        self._held[self._size : size] = values
        self._size = size

    def of(self, rows: Rows) -> NDArray[Any]:
        return self._held[rows]


class PointTable:
    """Points that have been found, by row; rows are only added."""

    def __init__(self) -> None:
        self.points: list[FoundPoint] = []
        self.keys: list[StatementKey] = []
        """Of the points."""
        self.organisations: list[str] = []
        """By their number."""
        self._numbers: dict[str, int] = {}
        self._languages: dict[str, int] = {}
        self._contents: dict[str, int] = {}
        self._organisation, self._language = _Column(np.int32), _Column(np.int16)
        self._content, self._hub = _Column(np.int32), _Column(np.float64)
        self._windowed = _Column(np.bool_)

    def __len__(self) -> int:
        return len(self.points)

    def add(self, points: Sequence[FoundPoint]) -> range:
        """Their rows."""
        first = len(self.points)
        self._organisation.append([self._organisation_number(p.key.organisation) for p in points])
        self._language.append([_number(self._languages, p.language) for p in points])
        self._content.append([_number(self._contents, p.content or f"{p.key}") for p in points])
        self._hub.append([p.hub for p in points])
        self._windowed.append([p.windowed for p in points])
        self.points.extend(points)
        self.keys.extend(p.key for p in points)
        return range(first, len(self.points))

    def organisation_of(self, rows: Rows) -> NDArray[Any]:
        """Numbers, shape of `rows`."""
        return self._organisation.of(rows)

    def language_of(self, rows: Rows) -> NDArray[Any]:
        """Numbers, shape of `rows`."""
        return self._language.of(rows)

    def content_of(self, rows: Rows) -> NDArray[Any]:
        """Numbers that are the same for equal texts, shape of `rows`."""
        return self._content.of(rows)

    def hub_of(self, rows: Rows) -> Floats:
        """Levels, shape of `rows`."""
        return self._hub.of(rows)

    def windowed(self, rows: Rows) -> NDArray[np.bool_]:
        """Whether each has windows, shape of `rows`."""
        return self._windowed.of(rows)

    def language(self, number: int) -> str:
        """By its number."""
        return list(self._languages)[number]

    def owners(self, rows: Rows) -> tuple[NDArray[Any], list[str]]:
        """For each row a place in the list of its organisations."""
        numbers, places = np.unique(self._organisation.of(rows), return_inverse=True)
        return places, [self.organisations[number] for number in numbers.tolist()]

    def places(self, rows: Rows) -> dict[StatementKey, int]:
        """In `rows`, of each statement."""
        return dict(zip(map(self.keys.__getitem__, rows.tolist()), range(len(rows)), strict=True))

    def _organisation_number(self, organisation: str) -> int:
        number = _number(self._numbers, organisation)
        if number == len(self.organisations):
            self.organisations.append(organisation)
        return number


def _number(known: dict[str, int], value: str) -> int:
    return known.setdefault(value, len(known))


_hit: Callable[[tuple[FoundPoint, float]], IndexHit] = partial(tuple.__new__, IndexHit)
_SCORE, _KEY = itemgetter(1), attrgetter("key")


@dataclass(frozen=True, eq=False)
class Hits(Sequence[IndexHit]):
    """The answer to one query; as a sequence best first, equal scores in the order of keys."""

    table: PointTable
    rows: Rows
    """Of the table, in the engine's order, shape (hits,)."""
    scores: Floats

    @classmethod
    def of(cls, hits: Iterable[IndexHit]) -> "Hits":
        """With a table of their own."""
        table, given = PointTable(), list(hits)
        rows = table.add([hit.point for hit in given])
        scores = np.array([hit.score for hit in given], dtype=np.float64)
        return cls(table, np.array(rows, dtype=np.int64), scores)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> IndexHit: ...
    @overload
    def __getitem__(self, place: slice) -> list[IndexHit]: ...
    def __getitem__(self, place: int | slice) -> IndexHit | list[IndexHit]:
        return self._ranked[place]

    @property
    def organisations(self) -> list[str]:
        """In the engine's order, with repetitions."""
        names = self.table.organisations
        return [names[number] for number in self.table.organisation_of(self.rows).tolist()]

    @property
    def keys(self) -> Iterator[StatementKey]:
        """In the engine's order."""
        return map(self.table.keys.__getitem__, self.rows.tolist())

    def only(self, kept: NDArray[Any]) -> "Hits":
        """Those of a mask or of places."""
        return Hits(self.table, self.rows[kept], self.scores[kept])

    @cached_property
    def _ranked(self) -> list[IndexHit]:
        points = map(self.table.points.__getitem__, self.rows.tolist())
        return ranked(map(_hit, zip(points, self.scores.tolist(), strict=True)))


NO_HITS = Hits.of(())


def in_one_table(answers: Sequence[Hits]) -> tuple[PointTable, list[Hits]]:
    """The same answers with rows that can be compared: a point has one row."""
    tables = {id(one.table): one.table for one in answers if len(one)}
    if len(tables) <= 1:
        return (*tables.values(), NO_HITS.table)[0], list(answers)
    table, rows = PointTable(), dict[StatementKey, int]()
    return table, [_moved(one, table, rows) for one in answers]


def _moved(hits: Hits, table: PointTable, rows: dict[StatementKey, int]) -> Hits:
    points = [hits.table.points[row] for row in hits.rows.tolist()]
    for point in points:
        if point.key not in rows:
            rows[point.key] = table.add([point])[0]
    moved = np.array([rows[point.key] for point in points], dtype=np.int64)
    return Hits(table, moved, hits.scores)


def ranked(hits: Iterable[IndexHit]) -> list[IndexHit]:
    """Best first; equal scores in the order of their keys, so that answers repeat."""
    ordered = sorted(hits, key=_SCORE, reverse=True)
    equal = [place for place, (one, other) in enumerate(pairwise(ordered)) if one[1] == other[1]]
    # Places that follow each other are one run of equal scores.
    for _, run in groupby(enumerate(equal), lambda numbered: numbered[1] - numbered[0]):
        places = [place for _, place in run]
        whole = slice(places[0], places[-1] + 2)
        ordered[whole] = sorted(ordered[whole], key=_KEY)
    return ordered
