"""Telling Chinese from other languages by script."""

import re

from shared.contracts.organisation import Language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+")
_SHARE_OF_CHINESE = 0.3


def detect_language(text: str) -> Language:
    """`zh` where at least 30 % of the characters-or-words are Han characters, else `en`.

    A Han character counts as much as a whole Latin word: Chinese technical prose is full of
    Latin abbreviations, and an English sentence may name a Chinese organisation.
    """
    han = len(_HAN.findall(text))
    words = len(_WORD.findall(text))
    return "zh" if han and han >= _SHARE_OF_CHINESE * (han + words) else "en"
