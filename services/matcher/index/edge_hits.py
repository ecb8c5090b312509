"""What points say of themselves, kept: the engine takes ten times as long with payloads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from services.matcher.index.payload import point_of
from services.matcher.index_hits import Hits, PointTable

_MOST = 300_000
"""Points: about 100 MB."""

Payloads = Callable[[list[int]], Iterable[tuple[int, Mapping[str, Any]]]]


class KnownPoints:
    """Belongs to the one process that writes the points; used on the index's own thread."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._rows: dict[int, int] = {}
        self._table = PointTable()

    def hits(self, ids: Sequence[int], scores: Sequence[float], payloads: Payloads) -> Hits:
        """`payloads` is asked for what is not known yet."""
        known = self._rows
        try:
            rows = [known[id] for id in ids]
        except KeyError:
            self._ask(ids, payloads)
            known = self._rows
            found = [(id, score) for id, score in zip(ids, scores, strict=True) if id in known]
            rows, scores = [known[id] for id, _ in found], [score for _, score in found]
        return Hits(self._table, np.array(rows, dtype=np.int64), np.array(scores, dtype=np.float64))

    def _ask(self, ids: Sequence[int], payloads: Payloads) -> None:
        missing = [id for id in ids if id not in self._rows]
        if len(self._table) + len(missing) > self._most:
            # Answers that were given keep the old table.
            self._rows, self._table = {}, PointTable()
            missing = list(ids)
        told = list(payloads(missing))
        rows = self._table.add([point_of(payload) for _, payload in told])
        self._rows.update(zip((id for id, _ in told), rows, strict=True))

    def forget(self, ids: Iterable[int]) -> None:
        """They have been written anew."""
        for id in ids:
            self._rows.pop(id, None)
