"""Long texts in parts that a sentence model sees whole."""

import re
from functools import lru_cache

from services.matcher.domain.language import detect_language
from services.matcher.domain.ranking_weights import WINDOW_CHARACTERS, WINDOW_CHARACTERS_CHINESE

_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+|\n+")
_WHOLE = 1.5
"""A text of up to so many windows stays whole."""
_FULL = 1.15
"""A window is closed before it grows beyond this."""
_REST = 0.3
"""A last window smaller than this joins the one before."""


@lru_cache(maxsize=2048)
def windows(text: str) -> tuple[str, ...]:
    """Sentences packed to windows of about equal length, in order; none for a short text.

    A sentence longer than a window stays whole: the model cuts it by itself. Remembered, because
    texts are often stated by many, and each is asked for when embedded and when indexed.
    """
    if len(text) <= _WHOLE * min(WINDOW_CHARACTERS, WINDOW_CHARACTERS_CHINESE):
        return ()
    chinese = detect_language(text) == "zh"
    length = WINDOW_CHARACTERS_CHINESE if chinese else WINDOW_CHARACTERS
    if len(text) <= _WHOLE * length:
        return ()
    packed = _packed(text, length, "" if chinese else " ")
    return packed if len(packed) > 1 else ()


def _packed(text: str, length: int, joint: str) -> tuple[str, ...]:
    parts: list[str] = []
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if parts and len(parts[-1]) + len(sentence) <= length * _FULL:
            parts[-1] += joint + sentence
        else:
            parts.append(sentence)
    if len(parts) > 1 and len(parts[-1]) < length * _REST:
        rest = parts.pop()
        parts[-1] += joint + rest
    return tuple(parts)
