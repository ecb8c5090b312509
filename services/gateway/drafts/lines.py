"""Plain text as blocks: headings and list items are told by how a line looks."""

import re
from collections.abc import Iterator, Sequence

from services.gateway.drafts.blocks import Block, BlockKind
from services.gateway.drafts.cue_words import (
    HEADING_CAPABILITY,
    HEADING_NEED,
    HEADING_NOISE,
)

_BULLET = re.compile(r"^\s*(?:[-*+•·●▪◦○■□◆◇★☆►▶‣–—>]|[❖➢✓✔])\s*(?=\S)")
_NUMBER = re.compile(
    r"^\s*(?:[(\uff08]?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-h])[)\uff09、.\uff0e:\uff1a]"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}(?=\s)|[①-⑳]|第[一二三四五六七八九十]+[章节部分]+)\s*(?=\S)"
)
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+")
_FRAMED = re.compile(
    r"^\s*[【\[〖「](?P<inside>[^】\]〗」]{2,40})[】\]〗」]\s*[:\uff1a]?\s*(?P<rest>.*)$"
)
_LABEL = re.compile(
    r"^(?P<label>[^:。,;!?\uff1a\uff0c\uff1b\uff01\uff1f]{2,24})[:\uff1a]\s*(?P<rest>\S.*)$"
)
_ENDS = re.compile(r"[。.!?;\uff01\uff1f\uff1b…][\"'”’)\uff09]*$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_HEADING = 60
_LONGEST_CHINESE_HEADING = 26
_CUE_SHARE = 0.45
_WRAPPED_FROM = 60
"""Columns from which on a line may have been broken by a mail program or a page layout."""


def blocks_of_lines(lines: Sequence[str], page: int | None = None) -> tuple[Block, ...]:
    """Headings, items and paragraphs of one text; lines that were only wrapped are joined."""
    width = max((_columns(line) for line in lines), default=0)
    found: list[Block] = []
    open_line = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        text = " ".join(line.split())
        if not text:
            open_line = False
            continue
        several = list(_read(text, page))
        if _introduces(several, following):
            several = [Block(BlockKind.HEADING, several[0].text, page)]
        if open_line and _goes_on(found[-1], several):
            found[-1] = _joined(found[-1], text)
        else:
            found += several
        # Wrapped lines come near the width; the last line of a paragraph does not.
        open_line = (
            found[-1].kind is not BlockKind.HEADING
            and width >= _WRAPPED_FROM
            and _columns(line) >= 0.7 * width
            and not _ENDS.search(text)
        )
    return tuple(found)


def is_cue_heading(text: str) -> bool:
    """Whether a short line is about little else than a side, or than what is neither."""
    found = [
        match
        for pattern in (HEADING_NEED, HEADING_CAPABILITY, HEADING_NOISE)
        for match in pattern.finditer(text)
    ]
    return max((len(match[0]) for match in found), default=0) >= _CUE_SHARE * len(text)


def _read(text: str, page: int | None) -> Iterator[Block]:
    if framed := _FRAMED.match(text):
        yield Block(BlockKind.HEADING, framed["inside"].strip(), page)
        if framed["rest"]:
            yield Block(BlockKind.PARAGRAPH, framed["rest"], page)
        return
    plain = _MARKDOWN.sub("", text)
    if plain != text:
        yield Block(BlockKind.HEADING, plain.strip("# "), page)
        return
    body = _BULLET.sub("", text)
    if body != text:
        yield Block(BlockKind.ITEM, body, page)
        return
    body = _NUMBER.sub("", text)
    if _is_heading(body, numbered=body != text):
        yield Block(BlockKind.HEADING, body.rstrip(":\uff1a").strip(), page)
    elif (label := _LABEL.match(body)) and is_cue_heading(label["label"]):
        yield Block(BlockKind.HEADING, label["label"].strip(), page)
        yield Block(BlockKind.PARAGRAPH, label["rest"], page)
    else:
        yield Block(BlockKind.ITEM if body != text else BlockKind.PARAGRAPH, body, page)


def _is_heading(text: str, *, numbered: bool) -> bool:
    limit = _LONGEST_CHINESE_HEADING if _HAN.search(text) else _LONGEST_HEADING
    if len(text) > limit or _ENDS.search(text) or re.search(r"[,;、\uff0c\uff1b]", text):
        return False
    if text.endswith((":", "\uff1a")):
        return True
    return is_cue_heading(text) and (numbered or not re.search(r"\d|[:\uff1a]", text))


def _introduces(several: Sequence[Block], following: str) -> bool:
    """A short line right above a list says what the list is of."""
    if len(several) != 1 or several[0].kind is not BlockKind.PARAGRAPH:
        return False
    text = several[0].text
    limit = _LONGEST_CHINESE_HEADING if _HAN.search(text) else _LONGEST_HEADING
    return bool(_BULLET.match(following)) and len(text) <= limit and not _ENDS.search(text)


def _goes_on(before: Block, several: Sequence[Block]) -> bool:
    return (
        len(several) == 1
        and several[0].kind is BlockKind.PARAGRAPH
        and before.kind is not BlockKind.HEADING
    )


def _joined(before: Block, text: str) -> Block:
    han = _HAN.match(before.text[-1]) or _HAN.match(text[0])
    if before.text.endswith("-") and text[:1].islower():
        return Block(before.kind, before.text[:-1] + text, before.page)
    return Block(before.kind, before.text + ("" if han else " ") + text, before.page)


def _columns(line: str) -> int:
    """A Chinese character is two columns wide."""
    return len(line.rstrip()) + len(_HAN.findall(line))
