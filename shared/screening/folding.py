"""A text as patterns read it: whatever is there to get around them is folded away.

Full-width and compatibility forms (NFKC), case, accents, invisible characters, look-alikes of
other scripts, enclosed letters, dashes, traditional characters, signs between Chinese characters
(比*特*币), letters set apart (I.C.O), digits for letters (t0ken). Each character keeps its place in
the text as written.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from shared.screening.lookalikes import AS_LETTERS, looks_like

_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Co", "Cs", "Cn"})
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]"
_LETTER = r"[a-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]"
_ENDS = ".!?;\n。"
_SIGN = rf"[^\w\s,:()、{re.escape(_ENDS)}]|[ \t_]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})(?:{_SIGN})+(?={_HAN})")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z](?:[^\w\n]{1,3}[a-z]){2,}(?![a-z0-9])")
_SET_APART = re.compile(rf"(?<!{_LETTER}){_HAN}(?:[^\w\n]{{1,3}}{_HAN}){{2,}}(?!{_LETTER})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f|]")
_MIXED = re.compile(r"(?<![\w-])(?=[\w$@]*[a-z])(?=[\w$@]*[013457$@])[a-z0-9$@]{3,}(?![\w-])")


@dataclass(frozen=True)
class Folded:
    """`text`, and for each of its characters the place it had in the text as written."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to before `end` were written."""
        return self.places[start], self.places[end - 1] + 1


def fold(written: str) -> Folded:
    """The text as it is read."""
    if written.isascii() and (written.isprintable() or not _CONTROL.search(written)):
        plain = written.lower().replace("\t", " ").replace("\r", " ")
        return _joined(Folded(plain, range(len(plain))), _SPELT)
    folded = _characters(written)
    for pattern in (_BETWEEN_HAN, _SPELT, _SET_APART):
        folded = _joined(folded, pattern)
    return folded


def with_letters(folded: Folded) -> Folded | None:
    """The same with digits inside words read as letters; None where there are none."""
    read = _MIXED.sub(lambda match: _as_letters(match[0]), folded.text)
    return None if read == folded.text else Folded(read, folded.places)


def _characters(written: str) -> Folded:
    text: list[str] = []
    places: list[int] = []
    for place, character in enumerate(written):
        read = _read(character)
        text.append(read)
        places.extend([place] * len(read))
    return Folded("".join(text), tuple(places))


@lru_cache(maxsize=20_000)
def _read(character: str) -> str:
    if character == "\n":
        return character
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character))
    return "".join(looks_like(c) for c in parts if unicodedata.category(c) not in _INVISIBLE)


def _joined(folded: Folded, pattern: re.Pattern[str]) -> Folded:
    """Without the signs inside what the pattern finds."""
    dropped = {
        place
        for match in pattern.finditer(folded.text)
        for place in range(*match.span())
        if not folded.text[place].isalnum()
    }
    if not dropped:
        return folded
    kept = [place for place in range(len(folded.text)) if place not in dropped]
    return Folded(
        "".join(folded.text[place] for place in kept), tuple(folded.places[p] for p in kept)
    )


def _as_letters(word: str) -> str:
    return "".join(AS_LETTERS.get(character, character) for character in word)
