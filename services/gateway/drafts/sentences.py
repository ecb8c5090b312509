"""Sentences of a paragraph, and the two halves of one that turns from what there is to a need."""

import re
from collections.abc import Iterator

from services.gateway.drafts.cue_words import DISGUISED, NEED_STRONG, TURN

_END = re.compile(
    r"(?<=[。\uff01\uff1f\uff1b])[”’\"')\uff09]*(?=\S)|(?<=[;!?])(?=[\u3400-\u9fff])"
    r"|(?<=[.!?;])[\"”')]?\s+(?=[A-Z\"“(\d\u3400-\u9fff])"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|vs|No|Fig|Dr|Prof|Mr|Ms|Mrs|St|Inc|Ltd|Co|Corp|al|ca|cf|max|min)"
    r"|\b[A-Z])\.$"
)
_LONGEST = 4000
"""Characters of a sentence: what is longer has no punctuation and is cut."""


def sentences(paragraph: str) -> Iterator[str]:
    """In order; dots of abbreviations end none."""
    held = ""
    for part in _parts(paragraph):
        held = f"{held} {part}" if held else part
        if not _ABBREVIATED.search(held):
            yield from _cut(held)
            held = ""
    if held:
        yield from _cut(held)


def halves(sentence: str) -> Iterator[str]:
    """Split at its turn to a need; what follows a need already belongs to it."""
    turn = TURN.search(sentence)
    if turn is None or NEED_STRONG.search(DISGUISED.sub(" ", sentence[: turn.start()])):
        yield sentence
        return
    yield sentence[: turn.start()]
    yield sentence[turn.end() :]


def _parts(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(paragraph):
        if part := paragraph[start : end.end()].strip():
            yield part
        start = end.end()
    if part := paragraph[start:].strip():
        yield part


def _cut(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), _LONGEST):
        yield sentence[start : start + _LONGEST]
