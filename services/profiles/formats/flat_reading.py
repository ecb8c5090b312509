"""Rows of the spreadsheet layout, grouped into organisations again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.profiles.formats.columns import ROW_TYPES, column_name, is_known
from services.profiles.formats.draft import Draft
from services.profiles.formats.rows import (
    BadRowError,
    ParsedRow,
    UnreadableFileError,
    rejected,
)

Cells = Mapping[str, str]
"""The filled cells of one row by column."""
NumberedRow = tuple[int, Sequence[str]]


def organisations(rows: Iterator[NumberedRow]) -> Iterator[ParsedRow]:
    """The organisations of a sheet whose first filled row has the columns' names.

    Raises UnreadableFileError where there is no such row.
    """
    header_line, columns = _header(rows)
    unknown = [BadRowError(*_unknown_column(name)) for name in columns if not is_known(name)]
    remarks = tuple(error.at(header_line) for error in unknown)
    for parsed in _grouped(_filled(rows, columns)):
        yield ParsedRow(parsed.line, parsed.organisation, (*remarks, *parsed.problems))
        remarks = ()


def _header(rows: Iterator[NumberedRow]) -> tuple[int, list[str]]:
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            columns = [column_name(cell) for cell in cells]
            _check_header(line, columns)
            return line, columns
    raise UnreadableFileError("the file is empty; its first row names the columns")


def _check_header(line: int, columns: Sequence[str]) -> None:
    known = [column for column in columns if is_known(column)]
    if "kind" not in known or not {"name_zh", "name_en"} & set(known):
        raise UnreadableFileError(
            f"row {line} does not name the columns: at least id, kind and name_zh or name_en "
            "are needed; see the documentation of the import for all of them"
        )
    twice = sorted({column for column in known if known.count(column) > 1})
    if twice:
        raise UnreadableFileError(f"column {twice[0]} is there twice; remove or rename one")


def _unknown_column(name: str) -> tuple[str, str, str]:
    label = name[:100] or "(no name)"
    return label, "is not a known column; it is not read", "check its spelling, or remove it"


def _filled(rows: Iterable[NumberedRow], columns: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    for line, cells in rows:
        pairs = zip(columns, cells, strict=False)
        filled = {column: cell for column, cell in pairs if cell != "" and is_known(column)}
        if filled:
            yield line, filled


def _grouped(rows: Iterable[tuple[int, Cells]]) -> Iterator[ParsedRow]:
    draft: Draft | None = None
    for line, cells in rows:
        row_type = _row_type(cells)
        if row_type == "organisation" or _starts_another(cells, draft):
            if draft is not None:
                yield draft.finish()
            draft = Draft(line, cells)
        if draft is None:
            yield rejected(line, _ORPHAN)
        elif row_type is None:
            draft.reject(line, _UNKNOWN_TYPE)
        elif row_type != "organisation":
            draft.add(line, row_type, cells)
    if draft is not None:
        yield draft.finish()


def _row_type(cells: Cells) -> str | None:
    return ROW_TYPES.get(cells.get("row_type", "organisation").strip().lower())


def _starts_another(cells: Cells, draft: Draft | None) -> bool:
    """A statement's row may carry the organisation's columns, in place of a row of its own."""
    identity = cells.get("id", "").strip()
    return bool(identity) and (draft is None or draft.identity != identity)


_ORPHAN = BadRowError(
    "id",
    "belongs to no organisation",
    "put it below the row of its organisation, or give the organisation's id",
)
_UNKNOWN_TYPE = BadRowError(
    "row_type",
    "is not a known type of row",
    f"use one of {', '.join(sorted(set(ROW_TYPES.values())))}",
)
