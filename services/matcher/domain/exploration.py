"""A few places of a list at random, so that other rankings can be judged by what came of it.

Each place of a window is, with the same small chance, swapped with one drawn from those below:
every chance is known exactly, and nobody is left out of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

SHARE = 0.05
"""Chance of each place of the window: three in ten lists have one place at random, so a hundred
looks give thirty, and a list gives away a third of one of its places."""
PROTECTED = 3
"""The first places are never given away: who has one true partner sees it."""
WINDOW = 10
"""The last place that may be: the first page."""
POOL = 30
"""Those below, from among which a place is filled: still worth a look."""


@dataclass(frozen=True)
class Shown(Generic[T]):
    """What stands in a place, and the chance with which it does."""

    item: T
    propensity: float = 1.0
    explored: bool = False
    """Whether chance put it there."""


def daily_randomness(organisation: str, day: date) -> Random:
    """The same all day, so that pages and reloads agree."""
    digest = blake2b(f"{organisation}\n{day.isoformat()}".encode(), digest_size=8).digest()
    return Random(int.from_bytes(digest, "big"))  # noqa: S311


def explore(items: Sequence[T], rng: Random, share: float = SHARE) -> list[Shown[T]]:
    """The list with a few places swapped; the same items. Raises ValueError for no share of 1."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share is 0 to 1, not {share}")
    places, pool = _window(len(items))
    order = list(range(len(items)))
    chosen = [place for place in places if rng.random() < share]
    for place, below in zip(chosen, rng.sample(pool, len(chosen)), strict=True):
        order[place], order[below] = below, place
    return [
        Shown(items[item], _chance(item, place, places, pool, share), item != place)
        for place, item in enumerate(order)
    ]


def standing_chance(place: int, length: int, share: float) -> float:
    """That the item of this place (from 0) of so many stays there."""
    places, pool = _window(length)
    return _chance(place, place, places, pool, share)


def window_chance(place: int, length: int, share: float) -> float:
    """That the item of this place (from 0) of so many is shown somewhere in the window."""
    places, pool = _window(length)
    if place in places:
        return 1 - share
    return share * len(places) / len(pool) if place in pool else 0.0


def window(length: int) -> range:
    """Places (from 0) that may be given away."""
    return _window(length)[0]


def _window(length: int) -> tuple[range, range]:
    """Places that may be given away, and from where they are filled: never fewer."""
    end = min(WINDOW, PROTECTED + max(0, length - PROTECTED) // 2)
    return range(PROTECTED, end), range(end, min(length, end + POOL))


def _chance(item: int, place: int, places: range, pool: range, share: float) -> float:
    if item != place:
        return share / len(pool)
    if place in places:
        return 1 - share
    return 1 - share * len(places) / len(pool) if place in pool else 1.0
