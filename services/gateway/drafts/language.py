"""Which of the two languages a text is in."""

import re

from shared.contracts.organisation import Language

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_SHARE_OF_CHINESE = 0.3


def language_of(text: str) -> Language:
    """`zh` where 30 % of the characters-or-words are Han: a Han character counts as a word."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return "zh" if han and han >= _SHARE_OF_CHINESE * (han + words) else "en"
