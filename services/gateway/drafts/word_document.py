"""The text of a Word document (DOCX): its paragraphs and tables in their order."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from services.gateway.drafts.blocks import Block, BlockKind, SourceText, UnreadableError
from services.gateway.drafts.lines import blocks_of_lines
from services.gateway.drafts.plain_text import LONGEST, clean

_LARGEST = 60_000_000
"""Bytes of all parts unpacked: text needs no more, and a zip bomb is told before it is opened."""
_MOST_PARTS = 3000
_DAMAGED = "it is damaged, or of another kind than its name says"


def read_word(content: bytes) -> SourceText:
    """Blocks of the body; headers and footers are left out. Raises UnreadableError."""
    _require_modest(content)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise UnreadableError(_DAMAGED) from error
    blocks: list[Block] = []
    size = 0
    for block in _blocks(document):
        size += len(block.text)
        if size > LONGEST:
            return SourceText(tuple(blocks), document.core_properties.title, truncated=True)
        blocks.append(block)
    return SourceText(tuple(blocks), document.core_properties.title or None)


def _require_modest(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(_DAMAGED) from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("it is protected by a password")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise UnreadableError("it is too large")


def _blocks(document: Any) -> Iterator[Block]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _of_table(part)
        else:
            yield from _of_paragraph(part)


def _of_paragraph(paragraph: Any) -> Iterator[Block]:
    text = clean(paragraph.text).strip()
    if not text:
        return
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style.startswith(("heading", "title", "subtitle", "标题")):
        yield Block(BlockKind.HEADING, text)
    elif "list" in style or "列表" in style or _is_numbered(paragraph):
        yield Block(BlockKind.ITEM, " ".join(text.split()))
    else:
        yield from blocks_of_lines(text.splitlines())


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _of_table(table: Any) -> Iterator[Block]:
    """A row of two cells is a label and its text; other cells are items of their own."""
    for row in table.rows:
        texts = [clean(text).strip() for text in dict.fromkeys(cell.text for cell in row.cells)]
        texts = [text for text in texts if text]
        if len(texts) == 2 and len(texts[0]) <= 40:
            yield Block(BlockKind.HEADING, " ".join(texts[0].split()))
            yield from blocks_of_lines(texts[1].splitlines())
        else:
            for text in texts:
                yield from blocks_of_lines(text.splitlines())
