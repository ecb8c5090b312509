"""A group's statements, laid out to be asked by vectors and by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.matcher.index_hits import NO_HITS, FoundPoint, Hits, PointTable
from services.matcher.ports import IndexQuery, Lexicon, Vectors
from services.matcher.service.rematch.moment import Group
from services.matcher.service.rematch.postings import Postings, WordCounts
from services.matcher.service.words import terms_of
from shared.contracts.organisation import Side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CELLS = 16_000_000
"""Of one product of questions with a group's statements: 64 MB."""


@dataclass(frozen=True)
class LaidOut:
    """By side, each made when it is first needed."""

    group: Group
    first: int
    """The group's first row in the table of all points."""
    lexicon: Lexicon

    @cached_property
    def sides(self) -> dict[Side, Ints]:
        """Rows of the statements of each side."""
        kinds = [one.side for one in self.group.statements]
        return {
            side: np.array([n for n, one in enumerate(kinds) if one is side], dtype=np.int64)
            for side in Side
        }

    @cached_property
    def vectors(self) -> dict[Side, Vectors]:
        return {side: self.group.vectors[rows] for side, rows in self.sides.items()}

    @cached_property
    def postings(self) -> dict[Side, Postings]:
        counted = [terms_of(one, self.lexicon) for one in self.group.statements]
        return {
            side: Postings.of([counted[row] for row in rows.tolist()])
            for side, rows in self.sides.items()
        }

    @cached_property
    def owned(self) -> dict[Side, dict[str, Ints]]:
        """By side and organisation, places among the side's statements."""
        found: dict[Side, dict[str, Ints]] = {}
        for side, rows in self.sides.items():
            mine: dict[str, list[int]] = {}
            for place, row in enumerate(rows.tolist()):
                owner = self.group.statements[row].key.organisation
                mine.setdefault(owner, []).append(place)
            found[side] = {id: np.array(some, dtype=np.int64) for id, some in mine.items()}
        return found

    def places(self, side: Side, organisations: Sequence[str]) -> Ints:
        """Of these organisations' statements of the side, ascending."""
        owned = self.owned[side]
        some = [owned[id] for id in organisations if id in owned]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *some]))

    def points(self) -> list[FoundPoint]:
        """In the order of the rows."""
        return [FoundPoint(one.key, one.language) for one in self.group.statements]


@dataclass
class BestHits:
    """The best hits of one query so far."""

    query: IndexQuery
    rows: list[Ints]
    scores: list[Floats]

    def offer(self, rows: Ints, scores: Floats) -> None:
        if len(rows) > self.query.limit:
            kept = np.argpartition(-scores, self.query.limit - 1)[: self.query.limit]
            rows, scores = rows[kept], scores[kept]
        self.rows.append(rows)
        self.scores.append(scores)

    def hits(self, table: PointTable) -> Hits:
        if not self.rows:
            return NO_HITS
        rows, scores = np.concatenate(self.rows), np.concatenate(self.scores)
        order = np.lexsort((rows, -scores))[: self.query.limit]
        return Hits(table, rows[order], scores[order])


def ask(group: LaidOut, asked: Sequence[BestHits], counts: WordCounts) -> None:
    """Offer each question what this group answers; `counts` are of all groups."""
    alike: dict[tuple[Side, tuple[str, ...] | None], list[BestHits]] = {}
    for one in asked:
        wanted = one.query.filter
        if one.query.dense is not None:
            alike.setdefault((wanted.side, wanted.organisations), []).append(one)
        elif one.query.lexical and one.query.lexical.indices:
            scores = group.postings[wanted.side].scores(one.query.lexical, counts)
            _offer(group, one, np.flatnonzero(scores), scores)
    for (side, organisations), some in alike.items():
        _ask_vectors(group, side, organisations, some)


def _ask_vectors(
    group: LaidOut, side: Side, organisations: tuple[str, ...] | None, asked: Sequence[BestHits]
) -> None:
    vectors = group.vectors[side]
    places = np.arange(len(vectors))
    if organisations is not None:
        places = group.places(side, organisations)
        vectors = vectors[places]
    if not len(vectors):
        return
    together = max(1, _CELLS // len(vectors))
    for start in range(0, len(asked), together):
        some = asked[start : start + together]
        questions = np.stack([one.query.dense for one in some if one.query.dense is not None])
        cosines = questions @ vectors.T
        for one, row in zip(some, cosines, strict=True):
            kept = np.arange(len(row)) if organisations is not None else None
            _offer_row(group, one, side, places, row, kept)


def _offer_row(
    group: LaidOut, one: BestHits, side: Side, places: Ints, row: Vectors, kept: Ints | None
) -> None:
    excluded = group.places(side, one.query.filter.excluded_organisations)
    if kept is None:
        most = one.query.limit + len(excluded)
        kept = np.arange(len(row))
        if most < len(row):
            kept = np.argpartition(-row, most - 1)[:most]
    if len(excluded):
        kept = kept[~np.isin(places[kept], excluded)]
    rows = group.sides[side][places[kept]] + group.first
    one.offer(rows, row[kept].astype(np.float64))


def _offer(group: LaidOut, one: BestHits, places: Ints, scores: Floats) -> None:
    wanted = one.query.filter
    if wanted.organisations is not None:
        among = group.places(wanted.side, wanted.organisations)
        places = among[scores[among] > 0]
    if wanted.excluded_organisations:
        excluded = group.places(wanted.side, wanted.excluded_organisations)
        places = places[~np.isin(places, excluded)]
    one.offer(group.sides[wanted.side][places] + group.first, scores[places])
