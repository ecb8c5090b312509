"""What points say of themselves, kept: the engine takes ten times as long with payloads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from services.matcher.index.payload import hit_of, ranked
from services.matcher.ports import IndexHit

_MOST = 300_000
"""Points: about 100 MB."""

_hit = partial(tuple.__new__, IndexHit)
Payloads = Callable[[list[int]], Iterable[tuple[int, Mapping[str, Any]]]]


class KnownPoints:
    """Belongs to the one process that writes the points; used on the index's own thread."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._known: dict[int, IndexHit] = {}

    def hits(self, found: Sequence[tuple[int, float]], payloads: Payloads) -> list[IndexHit]:
        """Best first; `payloads` is asked for what is not known yet."""
        try:
            told = [self._known[id] for id, _ in found]
        except KeyError:
            self._ask(found, payloads)
            found = [one for one in found if one[0] in self._known]
            told = [self._known[id] for id, _ in found]
        # Thousands a request: a named tuple made field by field takes three times as long.
        return ranked(
            [
                _hit((key, score, language, hub, content))
                for (key, _, language, hub, content), (_, score) in zip(told, found, strict=True)
            ]
        )

    def _ask(self, found: Sequence[tuple[int, float]], payloads: Payloads) -> None:
        missing = [id for id, _ in found if id not in self._known]
        if len(self._known) + len(missing) > self._most:
            self._known.clear()
            missing = [id for id, _ in found]
        self._known.update({id: hit_of(told, 0.0) for id, told in payloads(missing)})

    def forget(self, ids: Iterable[int]) -> None:
        """They have been written anew."""
        for id in ids:
            self._known.pop(id, None)
