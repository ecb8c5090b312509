"""How much of a text is about its matter."""

import re

from shared.clarity.generic_words import GENERIC_CHINESE, GENERIC_ENGLISH

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:[-'/.][^\W_\u3400-\u9fff]+)*")
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]{1,6}[个台套种年月天名人家次倍吨公米分]")
_READ = 2000
"""Characters that are read; a longer text says enough."""
_CHARACTERS_OF_A_WORD = 2


def content_words(text: str) -> float:
    """Different words that are no generic ones; two Han characters count as one word."""
    read = text[:_READ]
    han = "".join("".join(GENERIC_CHINESE.split(run)) for run in _HAN.findall(read))
    latin = {word.lower() for word in _LATIN.findall(read)} - GENERIC_ENGLISH
    return len(set(han)) / _CHARACTERS_OF_A_WORD + len(latin)


def has_number(text: str) -> bool:
    """Whether it says how many or how much."""
    return bool(_NUMBER.search(text[:_READ]))
