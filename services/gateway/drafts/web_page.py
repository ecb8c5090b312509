"""The text of a web page: its main part, without navigation (HTML as lxml repairs it)."""

import re
from collections.abc import Iterator

from lxml import etree, html

from services.gateway.drafts.blocks import Block, BlockKind, SourceText, UnreadableError
from services.gateway.drafts.lines import blocks_of_lines
from services.gateway.drafts.plain_text import LONGEST, clean
from shared.facets.rules import words

_DROPPED = frozenset(
    words(
        """script|style|noscript|template|svg|math|nav|header|footer|aside|form|button|select|iframe
        object|video|audio|canvas|dialog|head|menu"""
    )
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "complementary"})
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|footer|header|sidebar|breadcrumbs?|cookies?|cookie-\w+|share"
    r"|social|comments?|advert\w*|ads|pagination|pager|banner|popup|modal|skip-link|copyright)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "summary", "legend"})
_BLOCKS = frozenset(
    words(
        """p|div|li|td|th|dd|blockquote|section|article|main|figure|figcaption|pre|address|tr|table
        ul|ol|dl|details|body|html|br|hr|center|fieldset|tbody|thead"""
    )
)
_MOST_LINKS = 0.6
"""Share of a block's text that may stand in links; a menu is nothing else."""
_SHARE_OF_MAIN = 0.25
_DEEPEST = 200


def read_page(content: bytes, charset: str | None = None) -> SourceText:
    """Blocks of a page in its main part. Raises UnreadableError."""
    try:
        parser = html.HTMLParser(encoding=charset or _declared(content), huge_tree=False)
        root = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise UnreadableError("it is damaged, or of another kind than its name says") from error
    title = " ".join(clean(root.findtext(".//title") or "").split()) or None
    blocks: list[Block] = []
    dropped = size = 0
    for block, linked in _Walk().blocks(_main_part(root)):
        if linked > _MOST_LINKS:
            dropped += 1
            continue
        size += len(block.text)
        if size > LONGEST:
            return SourceText(tuple(blocks), title, truncated=True, left_out=dropped)
        blocks.append(block)
    return SourceText(tuple(blocks), title, left_out=dropped)


def _declared(content: bytes) -> str | None:
    """UTF-8 where nothing is declared and it is that; else lxml reads the declaration."""
    if re.search(rb"charset\s*=", content[:4096], re.IGNORECASE):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    """`main` or `article` where it holds a good part of the page, else the whole."""
    whole = len(root.text_content()) or 1
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content()) >= _SHARE_OF_MAIN * whole:
            return found[0]
    return root


class _Walk:
    """Collects the text of one block after the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._linked = 0

    def blocks(self, root: html.HtmlElement) -> Iterator[tuple[Block, float]]:
        """(block, share of its text in links)."""
        yield from self._element(root, BlockKind.PARAGRAPH, in_link=False, depth=0)
        yield from self._close(BlockKind.PARAGRAPH)

    def _element(
        self, element: html.HtmlElement, kind: BlockKind, *, in_link: bool, depth: int
    ) -> Iterator[tuple[Block, float]]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or depth > _DEEPEST or _is_furniture(element, tag):
            return
        own = _kind_of(tag, kind)
        breaks = tag in _BLOCKS or tag in _HEADINGS
        if breaks:
            yield from self._close(kind)
        in_link = in_link or tag == "a"
        self._add(element.text, in_link=in_link)
        for child in element:
            yield from self._element(child, own, in_link=in_link, depth=depth + 1)
            self._add(child.tail, in_link=in_link)
        if breaks:
            yield from self._close(own)

    def _add(self, text: str | None, *, in_link: bool) -> None:
        if text:
            self._parts.append(text)
            self._linked += len(text.strip()) if in_link else 0

    def _close(self, kind: BlockKind) -> Iterator[tuple[Block, float]]:
        text = " ".join(clean("".join(self._parts)).split())
        linked = self._linked / len(text) if text else 0.0
        self._parts, self._linked = [], 0
        if not text:
            return
        if kind is BlockKind.PARAGRAPH:
            # A paragraph may be a label, or an item with a bullet of its own.
            for block in blocks_of_lines([text]):
                yield block, linked
        else:
            yield Block(kind, text), linked


def _kind_of(tag: str, outer: BlockKind) -> BlockKind:
    if tag in _HEADINGS:
        return BlockKind.HEADING
    if tag == "li":
        return BlockKind.ITEM
    return outer if tag not in {"body", "main", "article", "section"} else BlockKind.PARAGRAPH


def _is_furniture(element: html.HtmlElement, tag: str) -> bool:
    if tag in _DROPPED or element.get("role") in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if "display:none" in (element.get("style") or "").replace(" ", "").lower():
        return True
    return tag not in {"body", "main", "article"} and bool(
        _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    )
