"""Opening a workbook with its shared texts on disk.

Excel keeps all texts of a workbook in one table, which openpyxl loads into memory even when it
reads row by row; for a large file that is all there is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_ITEM = f"{{{SHEET_MAIN_NS}}}si"


class _TextsOnDisk:
    def __init__(self) -> None:
        # An empty name is a private database that SQLite keeps in a temporary file.
        self._database = sqlite3.connect("", check_same_thread=False)
        self._database.execute("create table texts (number integer primary key, text text)")

    def fill(self, texts: Iterator[str]) -> None:
        self._database.executemany("insert into texts values (?, ?)", enumerate(texts))

    def __getitem__(self, number: int) -> str:
        row = self._database.execute("select text from texts where number = ?", (number,))
        return str(row.fetchone()[0])

    def close(self) -> None:
        self._database.close()


class _Reader(ExcelReader):
    package: Manifest

    def read_strings(self) -> None:
        self.shared_strings: Any = _TextsOnDisk()
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings.fill(_texts(cast(BinaryIO, source)))


def _texts(source: BinaryIO) -> Iterator[str]:
    events = iterparse(source, events=("start", "end"))
    _, root = next(events)
    for event, node in events:
        if event == "end" and node.tag == _ITEM:
            text = Text.from_tree(node)
            yield text.content if text else ""
            root.clear()


@contextmanager
def open_sheet(file: BinaryIO) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of the first sheet, as values; formulas give what they were last computed to."""
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    try:
        reader.read()
        sheet = reader.wb.worksheets[0]
        sheet.reset_dimensions()
        yield sheet.iter_rows(values_only=True)
    finally:
        if isinstance(reader.shared_strings, _TextsOnDisk):
            reader.shared_strings.close()
