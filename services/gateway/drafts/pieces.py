"""From blocks to pieces: each says one matter, of one side, with what belongs to it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from services.gateway.drafts.blocks import Block, BlockKind
from services.gateway.drafts.cue_words import CONTINUES
from services.gateway.drafts.sentences import halves, sentences
from services.gateway.drafts.sides import Reading, Section, read_side, section_of
from shared.clarity.content import content_words

LONGEST = 600
"""Characters up to which sentences are added to a piece."""
FEWEST_WORDS = 2.5
"""Words of the matter without which a piece says nothing."""
_EDGES = " \t,;。\uff0c\uff1b"
_SHORT_ITEM = 3.0
"""Words of the matter below which a list item is added to the one before."""


@dataclass(frozen=True)
class Piece:
    """A statement to be, and where it stands. `reading.side` None: neither."""

    text: str
    reading: Reading
    heading: str | None
    page: int | None
    item: bool
    ends_section: bool = False


def pieces_of(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """All pieces in order, those that say neither included."""
    found: list[Piece] = []
    heading: str | None = None
    section = Section.UNSAID
    fresh = True
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading, section, fresh = block.text, section_of(block.text), True
            continue
        for number, piece in enumerate(_read(block, section, heading)):
            before = found[-1] if found and not fresh else None
            if before and _belongs(piece, before, same_block=number > 0):
                found[-1] = _merged(before, piece)
            else:
                found.append(piece)
            fresh = False
    return tuple(found)


def says_something(piece: Piece) -> bool:
    """Whether it is worth showing as a draft."""
    return (
        piece.reading.side is not None
        and not piece.reading.noise
        and content_words(piece.text) >= FEWEST_WORDS
        and len(piece.text) >= 5
    )


def _read(block: Block, section: Section, heading: str | None) -> Iterator[Piece]:
    for sentence in sentences(block.text):
        for half in halves(sentence):
            if text := half.strip(_EDGES):
                yield Piece(
                    text=_closed(text, half),
                    reading=read_side(text, section, heading),
                    heading=heading,
                    page=block.page,
                    item=block.kind is BlockKind.ITEM,
                )


def _belongs(piece: Piece, before: Piece, *, same_block: bool) -> bool:
    """Sentences without a cue of their own go on about the one before them."""
    if len(before.text) + len(piece.text) > LONGEST or before.reading.side is None:
        return False
    if piece.reading.noise != before.reading.noise:
        return False
    if not same_block:
        short = content_words(piece.text) < _SHORT_ITEM
        return short and piece.item and before.item and not piece.reading.own
    other_side = piece.reading.own and piece.reading.side is not before.reading.side
    if other_side:
        return False
    return bool(CONTINUES.search(piece.text)) or not piece.reading.own


def _merged(before: Piece, piece: Piece) -> Piece:
    gap = "" if before.text.endswith(tuple("。\uff01\uff1f\uff1b")) else " "
    if before.item and piece.item and before.text[-1:] not in ".。;\uff1b":
        gap = "; " if before.text.isascii() else "\uff1b"
    return replace(before, text=f"{before.text}{gap}{piece.text}")


def _closed(text: str, source: str) -> str:
    """With the full stop that the source has."""
    return f"{text}。" if source.rstrip().endswith("。") else text
