"""Lines and JSON objects of a file that may be gzipped, without ever holding much of it."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from services.profiles.formats.rows import BadRowError, UnreadableFileError

MAXIMUM_LINE_BYTES = 32 * 1024 * 1024
"""An organisation with the most and longest statements fits."""
_GZIP = b"\x1f\x8b"
_CUT = "the compressed file is damaged or cut off; compress or upload it again"


def plain(file: BinaryIO) -> BinaryIO:
    """The file from its start, decompressed where it is gzipped."""
    file.seek(0)
    magic = file.read(2)
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if magic == _GZIP else file


def objects(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | BadRowError]]:
    """Each object with its line: of JSON Lines, or of one large array."""
    source = plain(file)
    try:
        start = _first_character(source)
        source.seek(0)
        yield from _array(source) if start == b"[" else _lines(source)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFileError(_CUT) from error


def count_lines(file: BinaryIO) -> int:
    """How many lines there are, blank ones left out; cheap."""
    return sum(1 for _, data in numbered_lines(plain(file)) if data is None or data.strip())


def numbered_lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines from 1; None for one that is longer than any organisation."""
    number = 0
    while data := source.readline(MAXIMUM_LINE_BYTES + 1):
        number += 1
        if len(data) <= MAXIMUM_LINE_BYTES:
            yield number, data
            continue
        while data and not data.endswith(b"\n"):
            data = source.readline(MAXIMUM_LINE_BYTES)
        yield number, None


def _first_character(source: BinaryIO) -> bytes:
    return source.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _lines(source: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | BadRowError]]:
    for number, data in numbered_lines(source):
        if data is None:
            limit = MAXIMUM_LINE_BYTES
            yield number, BadRowError("row", f"is longer than {limit} bytes", "split it up")
        elif stripped := data.removeprefix(b"\xef\xbb\xbf").strip():
            yield number, _object(stripped)


def _object(data: bytes) -> dict[str, Any] | BadRowError:
    try:
        value = json.loads(data)
    except UnicodeDecodeError:
        return BadRowError("row", "is not UTF-8", "save the file in the encoding UTF-8")
    except json.JSONDecodeError as error:
        return _broken(f"is not JSON: {error.msg} at character {error.pos + 1}")
    except (RecursionError, ValueError):
        return _broken("is nested too deeply or holds a number that is too long")
    return value if isinstance(value, dict) else _broken("is not an object {...}")


def _broken(problem: str) -> BadRowError:
    return BadRowError("row", problem, "write one JSON object a line; check quotes and commas")


def _array(source: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | BadRowError]]:
    text = io.TextIOWrapper(source, encoding="utf-8-sig")
    decoder, buffer, line = json.JSONDecoder(), text.read(1 << 16).lstrip()[1:], 1
    while True:
        rest = buffer.lstrip(", \t\r\n")
        line += buffer.count("\n", 0, len(buffer) - len(rest))
        buffer = rest
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except (json.JSONDecodeError, RecursionError) as error:
            buffer += _more(text, buffer, line, error)
            continue
        yield line, value if isinstance(value, dict) else _broken("is not an object {...}")
        line += buffer.count("\n", 0, end)
        buffer = buffer[end:]


def _more(text: io.TextIOWrapper, buffer: str, line: int, error: Exception) -> str:
    piece = text.read(max(1 << 20, len(buffer)))
    if not piece or len(buffer) > MAXIMUM_LINE_BYTES:
        raise UnreadableFileError(
            f"the JSON array breaks off or is damaged at line {line}; check the file from there"
        ) from error
    return piece
