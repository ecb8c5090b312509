"""What every kind of source is read into."""

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """How a block stands in its source."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Block:
    """A run of text; `page` is that of a PDF."""

    kind: BlockKind
    text: str
    page: int | None = None


@dataclass(frozen=True)
class SourceText:
    """A source as it was read."""

    blocks: tuple[Block, ...]
    title: str | None = None
    truncated: bool = False
    left_out: int = field(default=0)
    """Blocks that a reader has dropped itself, such as navigation."""


class UnreadableError(Exception):
    """A document cannot be read; `reason` is a sentence for the member."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
