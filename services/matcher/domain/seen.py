"""Pages of an order that may change between them: each organisation is shown once.

A cursor remembers who was shown. As long as nothing changes the pages follow each other in the
final order; when something does, nobody comes twice, and who has moved up past the place where
the last page ended comes on the next one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")
MARK_BYTES = 4


@dataclass(frozen=True)
class SeenPage(Generic[T]):
    """Ranks and items, and the marks of all that were shown; None on the last page."""

    items: tuple[tuple[int, T], ...]
    seen: tuple[bytes, ...] | None


def mark(id: str) -> bytes:
    """Stands for an id in a cursor: of 200, two agree once in 200,000 lists."""
    return blake2b(id.encode(), digest_size=MARK_BYTES).digest()


def page_unseen(
    order: Sequence[T], id_of: Callable[[T], str], *, seen: Sequence[bytes], limit: int
) -> SeenPage[T]:
    """The next items of the order that were not shown; ranks go on."""
    shown = frozenset(seen)
    left = [item for item in order if mark(id_of(item)) not in shown]
    taken = left[:limit]
    items = tuple(enumerate(taken, start=len(seen) + 1))
    if len(left) <= limit:
        return SeenPage(items, None)
    return SeenPage(items, (*seen, *(mark(id_of(item)) for item in taken)))
