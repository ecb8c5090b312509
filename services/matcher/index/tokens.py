"""Words of a text for lexical search: Chinese segmented, names and standards kept whole."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import rjieba

from services.matcher.domain.lexical import document_weights, query_weights
from services.matcher.domain.stop_words import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS
from services.matcher.domain.terms import (
    HAN,
    alternatives,
    compound,
    folded,
    parts,
    singular,
    without_accents,
    without_year,
)
from services.matcher.ports import SparseVector

EDITION = 2
"""To be raised with every change of what the words of a text are."""

_LETTERS = rf"[^\W_{HAN}]"
# A run of Chinese, or a word that may be joined by separators: h.265, c++, gb/t, near-eye.
_RUN = re.compile(rf"([{HAN}]+)|({_LETTERS}+(?:[-./_:&']{_LETTERS}+)*(?:\+\+|#)?)")
_NUMBER = re.compile(r"(?=.*(?:\d.*\d.*\d|[a-z]))[a-z]?\d[\w.:\-/]*")
_RELEASE = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_NAME_WORDS = 3
"""Words of a product's name before its number, at most."""


def tokens(text: str) -> list[str]:
    """Words in the order of the text; a name gives itself whole and its parts."""
    return list(_tokens(text))


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[str, ...]:
    """The names of a platform and the asker's statements come again and again."""
    found: list[str] = []
    bodies: Sequence[str] = ()
    name: Sequence[str] = ()
    plain, end = folded(text), 0
    for run in _RUN.finditer(plain):
        gap = plain[end : run.start()]
        end = run.end()
        if run[1]:
            words = _chinese(run[1])
            found.extend(words)
            if bodies and words and not gap:
                found.append(bodies[0] + words[0])  # X射线, AR眼镜
            bodies = name = ()
            continue
        word = without_accents(run[2].lower())
        name = name if gap == " " else ()
        found += [*_latin(word), *_numbered(bodies, word), *_released(name, word)]
        said = word not in ENGLISH_STOP_WORDS
        bodies = tuple(dict.fromkeys([compound(word), *alternatives(word)])) if said else ()
        name = (*name, run[2])[-_NAME_WORDS:] if said else ()
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
    known = (whole, *ENGLISH_STOP_WORDS)
    yield from dict.fromkeys(singular(one) for one in parts(word) if one not in known)


def _numbered(bodies: Sequence[str], word: str) -> Iterator[str]:
    """A number belongs to the word before it: GB/T 38247-2019, IEEE 802.11ax, ISO 9001:2015."""
    if _NUMBER.fullmatch(word):
        numbers = dict.fromkeys([compound(word), compound(without_year(word))])
        yield from (body + number for body in bodies for number in numbers)


def _released(name: Sequence[str], word: str) -> Iterator[str]:
    """A short number belongs to the name before it: `Quest 3`, `Unreal Engine 5`.

    Where the name begins is told by its capitals; without them the last word stands for it.
    """
    if not name or not _RELEASE.fullmatch(word):
        return
    capital = name[-1][0].isupper()
    whole = compound(word)
    for place, one in enumerate(reversed(name)):
        if place and not (capital and one[0].isupper()):
            return
        whole = compound(without_accents(one.lower())) + whole
        yield whole


def _sparse(weights: dict[int, float]) -> SparseVector:
    return SparseVector(tuple(weights), tuple(weights.values()))
