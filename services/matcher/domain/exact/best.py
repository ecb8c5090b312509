"""The best partners of every organisation so far."""

from dataclasses import dataclass

import numpy as np

from services.matcher.domain.exact.product import Values
from services.matcher.domain.exact.statements import Ints

_PLACES = np.int64(2**32 - 1)


@dataclass(frozen=True)
class Partners:
    """Candidates of organisations, best first."""

    organisation: Ints
    """Whose, shape (pairs,), ascending."""
    partner: Ints
    value: Values
    """Geometric mean of both directions' likelihoods, 0 to 1."""


class BestSoFar:
    """A running top-k. What it ends with does not depend on the order of what it was offered.

    Value and partner make one number: a float of at least 0 orders as its bits do, and of equal
    values the smaller place wins.
    """

    def __init__(self, organisations: int, limit: int) -> None:
        self.keys: Ints = np.full((organisations, limit), -1, dtype=np.int64)
        self._least = np.zeros(organisations, dtype=np.float32)

    def offer(self, rows: Ints, columns: Ints, values: Values) -> None:
        """Values of organisations `rows` with `columns`, shape (rows, columns); < 0 is none.

        `rows` are places here; `columns` may be numbers of any larger whole.
        """
        passing = np.flatnonzero(values >= self._least[rows, None])
        if not len(passing):
            return
        row, column = np.divmod(passing, len(columns))
        bits = np.ascontiguousarray(values).reshape(-1)[passing].view(np.int32).astype(np.int64)
        self._merge(rows, row, (bits << 32) | (_PLACES - columns[column]))

    def merge(self, keys: Ints) -> None:
        """Those of another one over the same organisations."""
        self.merge_rows(np.arange(len(self.keys)), keys)

    def merge_rows(self, rows: Ints, keys: Ints) -> None:
        """Those of another one over organisations `rows`, shape (rows, its limit)."""
        limit = self.keys.shape[1]
        both = np.concatenate([self.keys[rows], keys], axis=1)
        self.keys[rows] = np.partition(both, both.shape[1] - limit, axis=1)[:, -limit:]
        self._note(rows)

    def partners(self) -> Partners:
        """In order of organisation, then value, then partner."""
        ordered = -np.sort(-self.keys, axis=1)
        row, place = np.nonzero(ordered >= 0)
        keys = ordered[row, place]
        squares = (keys >> 32).astype(np.int32).view(np.float32)
        return Partners(row, _PLACES - (keys & _PLACES), np.sqrt(squares))

    def _merge(self, rows: Ints, row: Ints, keys: Ints) -> None:
        limit = self.keys.shape[1]
        counts = np.bincount(row, minlength=len(rows))
        some = np.flatnonzero(counts)
        width = int(counts.max())
        place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        wide = np.full((len(some), limit + width), -1, dtype=np.int64)
        wide[:, :limit] = self.keys[rows[some]]
        wide[(np.cumsum(counts > 0) - 1)[row], limit + place] = keys
        self.keys[rows[some]] = np.partition(wide, width, axis=1)[:, width:]
        self._note(rows[some])

    def _note(self, rows: Ints) -> None:
        bits = np.maximum(self.keys[rows].min(axis=1) >> 32, 0)
        self._least[rows] = bits.astype(np.int32).view(np.float32)
