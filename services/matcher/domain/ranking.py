"""Orders that are the same on every machine, and the page after a place in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.matcher.domain.constants import SCORE_DECIMALS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last one's score, id and rank."""

    score: float
    id: str
    rank: int


@dataclass(frozen=True)
class RankedPage(Generic[T]):
    """Ranks and items, and where the next page begins after."""

    items: tuple[tuple[int, T], ...]
    next: Place | None


def rounded(score: float) -> float:
    """What is compared and shown."""
    return round(score, SCORE_DECIMALS)


def best_first(scores: Mapping[str, float]) -> list[str]:
    """Ids by falling score; ties by id."""
    return sorted(scores, key=lambda id: (-rounded(scores[id]), id))


def page_after(
    items: Sequence[T],
    order: Callable[[T], tuple[float, str]],
    *,
    after: Place | None,
    limit: int,
) -> RankedPage[T]:
    """The next items in the order of falling score and rising id; `order` gives the two."""
    ranked = sorted(items, key=lambda item: _key(*order(item)))
    rank = 0
    if after:
        ranked = [item for item in ranked if _key(*order(item)) > _key(after.score, after.id)]
        rank = after.rank
    taken = tuple((rank + n, item) for n, item in enumerate(ranked[:limit], start=1))
    if len(ranked) <= limit:
        return RankedPage(taken, None)
    score, id = order(taken[-1][1])
    return RankedPage(taken, Place(rounded(score), id, taken[-1][0]))


def _key(score: float, id: str) -> tuple[float, str]:
    return (-rounded(score), id)
