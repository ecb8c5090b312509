"""Which reader reads a source: by what its bytes are, and only then by what it says it is."""

from enum import StrEnum


class Kind(StrEnum):
    """What can be read."""

    TEXT = "text"
    PAGE = "page"
    WORD = "word"
    PDF = "pdf"


WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.TEXT,
    "text/html": Kind.PAGE,
    "application/xhtml+xml": Kind.PAGE,
    "application/pdf": Kind.PDF,
    WORD_TYPE: Kind.WORD,
}
_ENDINGS = {
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".docx": Kind.WORD,
    ".pdf": Kind.PDF,
}
_BINARY = 0.02
"""Share of control characters from which on something is no text."""


def kind_of(content: bytes, media_type: str = "", name: str = "") -> Kind | None:
    """None for what cannot be read here."""
    if content[:1024].lstrip()[:5] == b"%PDF-":
        return Kind.PDF
    if content[:4] == b"PK\x03\x04":
        return Kind.WORD if b"word/" in content else None
    stated = _TYPES.get(media_type.partition(";")[0].strip().lower())
    ending = _ENDINGS.get(f".{name.rpartition('.')[2].lower()}" if "." in name else "")
    kind = ending or stated
    if kind in (Kind.PDF, Kind.WORD) or not _looks_like_text(content):
        return None
    if kind is None or kind is Kind.TEXT:
        start = content[:512].lstrip().lower()
        return Kind.PAGE if start.startswith((b"<!doctype html", b"<html")) else Kind.TEXT
    return kind


def _looks_like_text(content: bytes) -> bool:
    sample = content[:4096]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control <= _BINARY * max(len(sample), 1)
