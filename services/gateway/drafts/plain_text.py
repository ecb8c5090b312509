"""Pasted and plain text."""

import re

from services.gateway.drafts.blocks import SourceText
from services.gateway.drafts.lines import blocks_of_lines

LONGEST = 200_000
_SPACES = str.maketrans({"\u00a0": " ", "\t": " ", "\u3000": " "})
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control, direction and zero-width characters: a draft has none of them."""


def read_text(text: str) -> SourceText:
    """Blocks of a text."""
    lines = clean(text[:LONGEST]).splitlines()
    return SourceText(blocks_of_lines(lines), truncated=len(text) > LONGEST)


def decode(content: bytes) -> str:
    """UTF-8, or what Chinese and Western systems have written before it."""
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def clean(text: str) -> str:
    """Without characters that nobody sees; lone surrogates are replaced."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    return _UNSEEN.sub("", normal).encode("utf-8", "replace").decode("utf-8")
