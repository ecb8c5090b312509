"""Texts as numbers of word pieces, as SentencePiece's unigram model finds them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf

from services.matcher.embedding.packed_vocabulary import Vocabulary

_SPACE = "\u2581"
_SPACES = re.compile(" {2,}")
_WORD = re.compile(f"{_SPACE}?[^{_SPACE}]*")
_UNKNOWN_COSTS = 10.0
_REMEMBERED_WORDS = 20_000
_REMEMBERED_LENGTH = 24


class WordPieces:
    """The best way through a text by the pieces' probabilities (Kudo 2018, arXiv 1804.10959).

    Equal to the package's own but for ties, which that one breaks by rounding to 32 bits. Written
    out here because the trie of `tokenizers` takes 240 MB for these pieces, and this takes 50;
    it needs a thirtieth of the encoder's time.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._scores, self._unknown = vocabulary.scores, vocabulary.unknown
        self._replacements = vocabulary.replacements
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        # What is written as "<unk>" in a text is five characters.
        del self._numbers[vocabulary.pieces[self._unknown]]
        self._longest = _longest(self._numbers)
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_COSTS
        self._remembered = lru_cache(_REMEMBERED_WORDS)(self._best)

    def numbers(self, text: str) -> list[int]:
        """Without the first and the last token of an input.

        Raises ValueError on a lone surrogate.
        """
        text.encode()
        plain = _SPACES.sub(" ", text.translate(self._replacements))
        marked = (plain if plain.startswith(" ") else f" {plain}").replace(" ", _SPACE)
        # No piece reaches over a space: words are independent of each other.
        return [number for word in _WORD.findall(marked) for number in self._word(word)]

    def _word(self, word: str) -> tuple[int, ...]:
        return (self._remembered if len(word) <= _REMEMBERED_LENGTH else self._best)(word)

    def _best(self, word: str) -> tuple[int, ...]:
        """Viterbi: the best way to each place in the word, from left to right."""
        reached = [0.0, *[-inf] * len(word)]
        came = [(0, self._unknown)] * (len(word) + 1)
        numbers, scores = self._numbers, self._scores
        for start, first in enumerate(word):
            here = reached[start]
            for end in range(start + 1, min(start + self._longest.get(first, 0), len(word)) + 1):
                number = numbers.get(word[start:end])
                if number is not None and here + scores[number] > reached[end]:
                    reached[end] = here + scores[number]
                    came[end] = start, number
            if here + self._unknown_score > reached[start + 1]:
                reached[start + 1] = here + self._unknown_score
                came[start + 1] = start, self._unknown
        return tuple(_backwards(came))[::-1]


def _backwards(came: list[tuple[int, int]]) -> Iterator[int]:
    place = len(came) - 1
    while place:
        place, number = came[place]
        yield number


def _longest(pieces: dict[str, int]) -> dict[str, int]:
    """By first character."""
    longest: dict[str, int] = {}
    for piece in pieces:
        longest[piece[0]] = max(longest.get(piece[0], 0), len(piece))
    return longest
