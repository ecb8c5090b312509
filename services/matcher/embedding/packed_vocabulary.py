"""The vocabulary in the shipped model's file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.matcher.embedding.byte_cursor import ByteCursor


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words by number, with their log probabilities."""

    pieces: Sequence[str]
    scores: Sequence[float]
    first: int
    last: int
    unknown: int
    replacements: Mapping[int, str]
    """What a character becomes before pieces are looked for."""


def read_vocabulary(cursor: ByteCursor) -> Vocabulary:
    """The cursor stands behind it afterwards."""
    count, first, last, _padding, unknown = cursor.numbers("5i")
    length = cursor.number("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.bytes(length)
    pieces = [text[start:end].decode() for start, end in pairwise(ends)]
    return Vocabulary(pieces, scores, first, last, unknown, _replacements(cursor))


def _replacements(cursor: ByteCursor) -> dict[int, str]:
    count, _bytes = cursor.numbers("iI")
    return dict(_replacement(cursor) for _ in range(count))


def _replacement(cursor: ByteCursor) -> tuple[int, str]:
    character, length = cursor.numbers("IB")
    return character, "".join(map(chr, cursor.numbers(f"{length}I")))
