"""What points say of themselves, kept: the engine takes ten times as long with payloads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from services.matcher.index.payload import point_of, ranked
from services.matcher.ports import FoundPoint, IndexHit

_MOST = 300_000
"""Points: about 100 MB."""

_hit: Callable[[tuple[FoundPoint, float]], IndexHit] = partial(tuple.__new__, IndexHit)
Payloads = Callable[[list[int]], Iterable[tuple[int, Mapping[str, Any]]]]


class KnownPoints:
    """Belongs to the one process that writes the points; used on the index's own thread."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._known: dict[int, FoundPoint] = {}

    def hits(
        self, ids: Sequence[int], scores: Sequence[float], payloads: Payloads
    ) -> list[IndexHit]:
        """Best first; `payloads` is asked for what is not known yet."""
        known = self._known
        try:
            told = [known[id] for id in ids]
        except KeyError:
            self._ask(ids, payloads)
            found = [(id, score) for id, score in zip(ids, scores, strict=True) if id in known]
            told, scores = [known[id] for id, _ in found], [score for _, score in found]
        # Thousands a request: a named tuple made field by field takes three times as long.
        return ranked(list(map(_hit, zip(told, scores, strict=True))))

    def _ask(self, ids: Sequence[int], payloads: Payloads) -> None:
        missing = [id for id in ids if id not in self._known]
        if len(self._known) + len(missing) > self._most:
            self._known.clear()
            missing = list(ids)
        self._known.update({id: point_of(told) for id, told in payloads(missing)})

    def forget(self, ids: Iterable[int]) -> None:
        """They have been written anew."""
        for id in ids:
            self._known.pop(id, None)
