"""The text of a PDF, page by page; what repeats on the pages is left out."""

import re
from collections import Counter
from io import BytesIO

from services.gateway.drafts.blocks import Block, SourceText, UnreadableError
from services.gateway.drafts.lines import blocks_of_lines
from services.gateway.drafts.plain_text import LONGEST, clean

MOST_PAGES = 60
_REPEATED = 0.6
"""Share of the pages on which a line is a running head."""
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|第)?\s*\d{1,4}\s*(?:页|(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_DAMAGED = "it is damaged, or of another kind than its name says"


def read_pdf(content: bytes) -> SourceText:
    """Blocks with their page. Raises UnreadableError."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        document = PdfReader(BytesIO(content), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableError("it is protected by a password")
        count = len(document.pages)
        pages = [
            clean(document.pages[number].extract_text()).splitlines()
            for number in range(min(count, MOST_PAGES))
        ]
        title = document.metadata.title if document.metadata else None
    # pypdf raises whatever a damaged file makes Python raise.
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise UnreadableError(_DAMAGED) from error
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableError("it holds no text; a scan has to be recognised (OCR) first")
    blocks, cut = _blocks(pages)
    return SourceText(blocks, str(title) if title else None, truncated=cut or count > MOST_PAGES)


def _blocks(pages: list[list[str]]) -> tuple[tuple[Block, ...], bool]:
    running = _running_heads(pages)
    found: list[Block] = []
    size = 0
    for number, page in enumerate(pages, 1):
        lines = [one for one in page if one.strip() not in running and not _PAGE_NUMBER.match(one)]
        size += sum(map(len, lines))
        if size > LONGEST:
            return tuple(found), True
        found += blocks_of_lines(lines, number)
    return tuple(found), False


def _running_heads(pages: list[list[str]]) -> frozenset[str]:
    if len(pages) < 3:
        return frozenset()
    on_pages = Counter(line for page in pages for line in {one.strip() for one in page})
    return frozenset(line for line, times in on_pages.items() if times >= _REPEATED * len(pages))
