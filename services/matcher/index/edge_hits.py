"""What points say of themselves, kept: the engine takes ten times as long with payloads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from services.matcher.index.payload import hit_of, ranked
from services.matcher.ports import IndexHit

_MOST = 300_000
"""Points: about 100 MB."""

Payloads = Callable[[list[int]], Iterable[tuple[int, Mapping[str, Any]]]]


class KnownPoints:
    """Belongs to the one process that writes the points; used on the index's own thread."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._known: dict[int, IndexHit] = {}

    def hits(self, found: Sequence[tuple[int, float]], payloads: Payloads) -> list[IndexHit]:
        """Best first; `payloads` is asked for what is not known yet."""
        known = self._known
        if missing := [id for id, _ in found if id not in known]:
            if len(known) + len(missing) > self._most:
                known.clear()
                missing = [id for id, _ in found]
            known.update({id: hit_of(told, 0.0) for id, told in payloads(missing)})
        told = [(known[id], score) for id, score in found if id in known]
        return ranked([IndexHit(a.key, score, a.language, a.hub, a.content) for a, score in told])

    def forget(self, ids: Iterable[int]) -> None:
        """They have been written anew."""
        for id in ids:
            self._known.pop(id, None)
