"""Reading a file of calls: JSON Lines or CSV, UTF-8 or GB18030, gzip or plain."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator

from services.matcher.formats.call_csv import csv_row
from services.matcher.formats.call_rows import CallRow, bad_row, row_of
from services.matcher.formats.eu_portal import eu_row, is_eu_record
from shared.contracts.call_imports import CallFormat

LARGEST = 256 * 1024 * 1024
"""Bytes after decompression."""


def read_calls(content: bytes, format: CallFormat | None = None) -> Iterator[CallRow]:
    """Rows in the order of the file. Raises ValueError for what is no text."""
    text = _text(_plain(content))
    wanted = format or detected(text)
    yield from _csv(text) if wanted is CallFormat.CSV else _lines(text)


def detected(text: str) -> CallFormat:
    """By the first character: a record of JSON, or a row of headings."""
    return CallFormat.JSONL if text.lstrip()[:1] in ("{", "[") else CallFormat.CSV


def _lines(text: str) -> Iterator[CallRow]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _record(number, line)


def _record(number: int, line: str) -> CallRow:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return bad_row(number, "is not JSON", "write one object a line")
    if not isinstance(record, dict):
        return bad_row(number, "is not an object", "write one object a line")
    return row_of(number, eu_row(record) if is_eu_record(record) else record)


def _csv(text: str) -> Iterator[CallRow]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        for record in reader:
            yield csv_row(reader.line_num, record)
    except csv.Error:
        yield bad_row(reader.line_num, "is not CSV", "put quotes around cells with line breaks")


def _plain(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            plain = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("is not a whole gzip file") from error
    if len(plain) > LARGEST:
        raise ValueError("is too large when decompressed")
    return plain


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("is neither UTF-8 nor GB18030")
