"""Which reader and writer a format has."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from services.profiles.formats import cordis, csv_format, dataset, jsonl, ror, xlsx_format
from services.profiles.formats.lines import count_lines
from services.profiles.formats.rows import Reader
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import NewOrganisation

Writer = Callable[[Iterable[NewOrganisation]], Iterator[bytes]]

READERS: dict[ImportFormat, Reader] = {
    ImportFormat.JSONL: jsonl.read,
    ImportFormat.CSV: csv_format.read,
    ImportFormat.XLSX: xlsx_format.read,
    ImportFormat.DATASET: dataset.read,
    ImportFormat.ROR: ror.read,
    ImportFormat.CORDIS: cordis.read,
}
WRITERS: dict[ImportFormat, Writer] = {
    ImportFormat.JSONL: jsonl.write,
    ImportFormat.CSV: csv_format.write,
    ImportFormat.XLSX: xlsx_format.write,
    ImportFormat.DATASET: dataset.write,
}
MEDIA_TYPES = {
    ImportFormat.JSONL: "application/jsonl",
    ImportFormat.CSV: "text/csv; charset=utf-8",
    ImportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ImportFormat.DATASET: "application/jsonl",
}
_A_LINE_EACH = {ImportFormat.JSONL, ImportFormat.DATASET}


def expected_rows(format: ImportFormat, file: BinaryIO) -> int | None:
    """How many organisations there are, where that is cheap to know."""
    return count_lines(file) if format in _A_LINE_EACH else None
