"""Words of a text for lexical search: Chinese segmented, names and standards kept whole."""

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

from services.matcher.domain.lexical import document_weights, query_weights
from services.matcher.domain.stop_words import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS
from services.matcher.domain.terms import (
    HAN,
    compound,
    normalise,
    parts,
    singular,
    without_accents,
    without_year,
)
from services.matcher.ports import SparseVector

EDITION = 1
"""To be raised with every change of what the words of a text are."""

_LETTERS = rf"[^\W_{HAN}]"
# A run of Chinese, or a word that may be joined by separators: h.265, c++, gb/t, near-eye.
_RUN = re.compile(rf"([{HAN}]+)|({_LETTERS}+(?:[-./_:&']{_LETTERS}+)*(?:\+\+|#)?)")
_NUMBER = re.compile(r"(?=.*(?:\d.*\d.*\d|[a-z]))[a-z]?\d[\w.\-/]*")


def tokens(text: str) -> list[str]:
    """Words in the order of the text; a name gives itself whole and its parts."""
    return list(_tokens(text))


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[str, ...]:
    """The names of a platform and the asker's statements come again and again."""
    found: list[str] = []
    before, end = "", -1
    for run in _RUN.finditer(normalise(text)):
        touching = run.start() == end
        if run[1]:
            words = _chinese(run[1])
            found.extend(words)
            if touching and before and words:
                found.append(before + words[0])  # X射线, AR眼镜
            before = ""
        else:
            word = without_accents(run[2])
            found.extend(_latin(word))
            found.extend(_identifier(before, word))
            before = compound(word) if word not in ENGLISH_STOP_WORDS else ""
        end = run.end()
    return tuple(found)


def document_vector(text: str) -> SparseVector:
    """BM25 weights of a statement."""
    return _sparse(document_weights(tokens(text)))


def query_vector(text: str) -> SparseVector:
    """The different words of a query, each with weight 1. May be empty."""
    return _sparse(query_weights(tokens(text)))


def _chinese(run: str) -> list[str]:
    """Words and the shorter words in them; single characters only where they stand alone."""
    words = rjieba.cut_for_search(run)
    long = [one for one in words if len(one) > 1 and one not in CHINESE_STOP_WORDS]
    return long or ([run] if len(run) == 1 and run not in CHINESE_STOP_WORDS else [])


def _latin(word: str) -> Iterator[str]:
    if word in ENGLISH_STOP_WORDS:
        return
    if word.isalpha():
        if len(word) > 1:
            yield singular(word)
        return
    whole = compound(word)
    yield whole
    yield from (singular(one) for one in parts(word) if one not in (whole, *ENGLISH_STOP_WORDS))


def _identifier(before: str, word: str) -> Iterator[str]:
    """A number belongs to the word before it: GB/T 38247-2019, IEEE 802.11ax."""
    if before and _NUMBER.fullmatch(word):
        yield before + compound(word)
        base = without_year(word)
        if base != word:
            yield before + compound(base)


def _sparse(weights: dict[int, float]) -> SparseVector:
    return SparseVector(tuple(weights), tuple(weights.values()))
