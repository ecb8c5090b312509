"""Organisations by the words of their names, as the index finds them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.statements import MatchedOrganisation, StatementKey
from services.matcher.domain.term_counts import TermCounts, count_terms
from services.matcher.index_hits import FoundPoint, PointTable
from services.matcher.ports import IndexQuery, Lexicon
from services.matcher.service.rematch.postings import Postings, WordCounts
from services.matcher.service.words import names
from shared.contracts.organisation import Side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class KnownNames:
    """The words of organisations' names."""

    table: PointTable
    ids: Sequence[str]
    offering: dict[Side, NDArray[np.bool_]]
    postings: Postings
    counts: WordCounts

    @classmethod
    def of(
        cls,
        organisations: Sequence[MatchedOrganisation],
        lexicon: Lexicon,
        left_out: Sequence[MatchedOrganisation] = (),
    ) -> "KnownNames":
        counted = [_name_terms(one, lexicon) for one in (*organisations, *left_out)]
        table = PointTable()
        table.add([FoundPoint(StatementKey(one.id, "")) for one in organisations])
        mine = counted[: len(organisations)]
        return cls(
            table,
            [one.id for one in organisations],
            {side: np.array([bool(o.side(side)) for o in organisations], bool) for side in Side},
            _weightless(Postings.of(mine)),
            WordCounts.of(counted),
        )

    def scores(self, query: IndexQuery) -> tuple[Ints, Floats]:
        """Rows and scores of those that have any of the words."""
        wanted = query.filter
        if query.lexical is None:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        scores = self.postings.scores(query.lexical, self.counts)
        scores = scores * self.offering[wanted.side]
        excluded, only = set(wanted.excluded_organisations), wanted.organisations
        rows = np.array(
            [
                row
                for row in np.flatnonzero(scores).tolist()
                if self.ids[row] not in excluded and (only is None or self.ids[row] in only)
            ],
            dtype=np.int64,
        )
        return rows, scores[rows]


def _name_terms(one: MatchedOrganisation, lexicon: Lexicon) -> TermCounts:
    """Each different word once: names are kept as questions are."""
    if not one.statements:
        return count_terms(())
    return count_terms(lexicon.words(" ".join(names(one))))


def _weightless(postings: Postings) -> Postings:
    ones = np.ones_like(postings.weights)
    return Postings(postings.words, postings.starts, postings.rows, ones, postings.texts)
