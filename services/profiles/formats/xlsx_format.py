"""XLSX, row by row: neither the sheet nor the table of shared texts is held in memory."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook
from openpyxl.utils.exceptions import InvalidFileException

from services.profiles.formats import flat_reading, flat_writing
from services.profiles.formats.cells import as_text, from_text
from services.profiles.formats.columns import COLUMNS
from services.profiles.formats.rows import ParsedRow, UnreadableFileError
from services.profiles.formats.xlsx_text import escaped, unescaped
from services.profiles.formats.xlsx_workbook import open_sheet
from shared.contracts.organisation import NewOrganisation

_BROKEN = "the file is not an XLSX workbook, or it is damaged; open it in Excel and save it again"
_MOST_UNPACKED_BYTES = 4 << 30


def read(file: BinaryIO) -> Iterator[ParsedRow]:
    """The organisations of the first sheet."""
    try:
        _refuse_bomb(file)
        with open_sheet(file) as rows:
            yield from flat_reading.organisations(_numbered(rows))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ParseError) as error:
        raise UnreadableFileError(_BROKEN) from error
    except ValueError as error:
        raise UnreadableFileError(_BROKEN) from error


def write(organisations: Iterable[NewOrganisation]) -> Iterator[bytes]:
    """A workbook with one sheet; it is put together in a temporary file."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("organisations")
    sheet.freeze_panes = "C2"
    sheet.append(list(COLUMNS))
    for organisation in organisations:
        for row in flat_writing.rows(organisation):
            sheet.append([escaped(as_text(cell)) if cell else None for cell in row])
    with tempfile.TemporaryFile() as finished:
        workbook.save(finished)
        finished.seek(0)
        while piece := finished.read(1 << 16):
            yield piece


def _refuse_bomb(file: BinaryIO) -> None:
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED_BYTES:
            raise UnreadableFileError("the workbook is too large; split it up, or use CSV")


def _numbered(rows: Iterable[tuple[object, ...]]) -> Iterator[flat_reading.NumberedRow]:
    for line, cells in enumerate(rows, start=1):
        yield line, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return from_text(unescaped(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
