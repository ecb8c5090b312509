"""CSV as spreadsheet programs write it: UTF-8, GB18030 (Excel in China) or UTF-16."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from services.profiles.formats import flat_reading, flat_writing
from services.profiles.formats.cells import as_text, from_text
from services.profiles.formats.columns import COLUMNS, known_share
from services.profiles.formats.lines import plain
from services.profiles.formats.rows import ParsedRow, UnreadableFileError
from shared.contracts.organisation import NewOrganisation

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 1 << 20


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """The organisations; encoding and delimiter (comma, semicolon or tab) are found out."""
    encoding = _encoding(plain(file))
    text = io.TextIOWrapper(plain(file), encoding=encoding, newline="")
    try:
        yield from flat_reading.organisations(_rows(text))
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            "the file is neither UTF-8 nor GB18030; save it as CSV UTF-8"
        ) from error
    finally:
        text.detach()


def write(organisations: Iterable[NewOrganisation]) -> Iterator[bytes]:
    """A header and the rows, with a byte order mark so that Excel takes it for UTF-8.

    Everything is quoted: a bare `;` would split a cell in Excel's European settings.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    writer.writerow(COLUMNS)
    for organisation in organisations:
        for row in flat_writing.rows(organisation):
            writer.writerow([as_text(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _encoding(source: BinaryIO) -> str:
    start = source.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start)
        while piece := source.read(1 << 18):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _rows(text: io.TextIOWrapper) -> Iterator[flat_reading.NumberedRow]:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = _delimiter(text.readline(_LONGEST_CELL))
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, [from_text(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"the table breaks off at line {line} ({error}); look for a quotation mark there "
            "that is not closed"
        ) from error


def _delimiter(header: str) -> str:
    def known(mark: str) -> int:
        return known_share(next(csv.reader([header], delimiter=mark), []))

    return max(_DELIMITERS, key=known)
