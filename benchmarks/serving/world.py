"""Generated organisations, and the vectors of their statements.

A statement has four parts and a number of its own. The parts are embedded for real; a statement's
vector is the sum of its parts', moved a little. Loading embeds nothing this way, and yet questions
that are embedded for real find what they would find.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import texts
from services.matcher.ports import Embedder, Vectors
from shared.contracts.organisation import Side

NEEDS, CAPABILITIES = 2, 3
PER_ORGANISATION = NEEDS + CAPABILITIES
QUESTIONS = 400
_MOVED = 0.25
"""Length of what is added to a unit vector: a cosine of 0.97 to it."""
_SIDES = (*(Side.CAPABILITY,) * CAPABILITIES, *(Side.NEED,) * NEEDS)


@dataclass(frozen=True)
class Stated:
    """A statement, its parts, and its place among all."""

    parts: tuple[str, ...]
    side: Side
    number: int

    @property
    def text(self) -> str:
        """In words."""
        return texts.worded(self.parts, self.number)


class World:
    """As many organisations as one likes, the same ones each time."""

    def __init__(self, embedder: Embedder) -> None:
        parts = sorted({part for pool in texts.POOLS for part in pool})
        self._vectors = {
            side: dict(zip(parts, embedder.encode(parts, side), strict=True)) for side in Side
        }
        random_ = random.Random(11)
        self.questions = ["{} for {} {}, {}".format(*_drawn(random_)) for _ in range(QUESTIONS)]
        """Texts that nobody has stated."""

    def statements(self, organisation: int) -> list[Stated]:
        """Three capabilities, then two needs."""
        random_ = random.Random(organisation)
        first = organisation * PER_ORGANISATION
        return [Stated(_drawn(random_), side, number) for number, side in enumerate(_SIDES, first)]

    def organisations(self, numbers: range) -> Iterator[dict[str, Any]]:
        """Rows of an import."""
        for number in numbers:
            stated = [one.text for one in self.statements(number)]
            yield {
                "id": identifier(number),
                "kind": "institution" if number % 3 else "enterprise",
                "names": {"en": f"Serving Organisation {number}"},
                "capabilities": _rows("c", stated[:CAPABILITIES]),
                "needs": _rows("n", stated[CAPABILITIES:]),
            }

    def vectors(self, statements: Sequence[Stated]) -> Vectors:
        """Unit vectors, shape (statements, dimension)."""
        rows = np.stack([self._sum(one) for one in statements])
        moved = np.stack([_direction(one.number, rows.shape[1]) for one in statements])
        return _unit(_unit(rows) + _MOVED * _unit(moved))

    def _sum(self, stated: Stated) -> Vectors:
        vectors = self._vectors[stated.side]
        rows: Vectors = np.sum([vectors[part] for part in stated.parts], axis=0)
        return rows


def identifier(number: int) -> str:
    """An organisation's id."""
    return f"serving-{number}"


def _drawn(random_: random.Random) -> tuple[str, ...]:
    return tuple(random_.choice(pool) for pool in texts.POOLS)


def _unit(rows: Vectors) -> Vectors:
    found: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def _direction(number: int, dimension: int) -> Vectors:
    rng = np.random.default_rng(abs(number))
    return rng.standard_normal(dimension, dtype=np.float32)


def _rows(letter: str, stated: Sequence[str]) -> list[dict[str, str]]:
    return [{"id": f"{letter}{place}", "text": text} for place, text in enumerate(stated)]
