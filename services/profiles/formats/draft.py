"""One organisation while its spreadsheet rows are read."""

import re
from collections.abc import Mapping
from typing import Any

from services.profiles.formats.columns import CONTACT, FACETS, NUMBERED, ORGANISATION, STATEMENT
from services.profiles.formats.rows import BadRowError, ParsedRow
from services.profiles.formats.validation import parse
from services.profiles.places import places
from shared.contracts.imports import RowProblem

_LISTS = {"capability": "capabilities", "need": "needs"}
_SEPARATORS = re.compile(r"[;；,，、\s]+")
_PLAIN = tuple(
    name for name in ORGANISATION if name not in ("name_zh", "name_en", "fields", "exclusions")
)
_MAXIMUM_ROWS = 10_000
_COLUMN_OF = {
    "names.zh": "name_zh",
    "names.en": "name_en",
    "names": "name_zh",
    "id": "statement_id",
    "organisation": "partner",
    "count": "projects",
}


class Draft:
    """Collects the rows of one organisation and remembers where each part came from."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line = line
        self.identity = cells.get("id", "").strip()
        self._rows = 0
        self._problems: list[RowProblem] = []
        self._lists: dict[str, list[dict[str, Any]]] = {}
        self._origins: dict[tuple[str, int], tuple[int, str | None]] = {}
        self._exclusions: list[str] = []
        self._values = _organisation(cells)
        if cells.get("row_type", "organisation").strip().lower() in ("organisation", "机构"):
            self._take_own_row(line, cells)

    def _take_own_row(self, line: int, cells: Mapping[str, str]) -> None:
        self._values["fields"] = _split(cells.get("fields", ""))
        self._add_exclusions(cells)
        if any(name in cells for name in CONTACT):
            self._append("contacts", line, _contact(cells))
        for column, text in cells.items():
            if match := NUMBERED.match(column):
                self._append(_LISTS[match[1]], line, {"id": column, "text": text}, column)

    def add(self, line: int, row_type: str, cells: Mapping[str, str]) -> None:
        """Take in a row that follows the organisation's own."""
        self._rows += 1
        if self._rows > _MAXIMUM_ROWS:
            if self._rows == _MAXIMUM_ROWS + 1:
                self.reject(
                    line, BadRowError("row", "has too many rows", "keep the important ones")
                )
        elif row_type in _LISTS:
            side = _LISTS[row_type]
            number = len(self._lists.get(side, ())) + 1
            self._append(side, line, _statement(cells, f"{row_type}-{number}"))
        elif row_type == "contact":
            self._append("contacts", line, _contact(cells))
        elif row_type == "collaboration":
            self._append("collaborations", line, _collaboration(cells))
        else:
            self._add_exclusions(cells)

    def reject(self, line: int, error: BadRowError) -> None:
        """Note what makes the whole organisation impossible to take in."""
        self._problems.append(error.at(line, self.identity or None))

    def finish(self) -> ParsedRow:
        """The organisation, or all that is wrong with its rows."""
        values = {**self._values, **self._lists}
        if self._exclusions:
            values["exclusions"] = self._exclusions
        parsed = parse(self.line, values, locate=self._locate)
        problems = (*self._problems, *parsed.problems)
        return ParsedRow(self.line, None if problems else parsed.organisation, problems)

    def _append(
        self, name: str, line: int, item: dict[str, Any], column: str | None = None
    ) -> None:
        items = self._lists.setdefault(name, [])
        self._origins[name, len(items)] = (line, column)
        items.append(item)

    def _add_exclusions(self, cells: Mapping[str, str]) -> None:
        self._exclusions += _split(cells.get("exclusions", ""))

    def _locate(self, path: tuple[int | str, ...]) -> tuple[int, str]:
        if len(path) >= 2 and isinstance(path[1], int):
            origin = self._origins.get((str(path[0]), path[1]))
            if origin is not None:
                line, column = origin
                return line, column or _column(str(path[0]), path[2:])
        name = ".".join(str(part) for part in path[:2] if isinstance(part, str))
        return self.line, _COLUMN_OF.get(name, name) if name != "id" else "id"


def _column(part: str, path: tuple[int | str, ...]) -> str:
    names = [str(step) for step in path if isinstance(step, str) and step != "facets"]
    if not names:
        return part
    return f"contact_{names[-1]}" if part == "contacts" else _COLUMN_OF.get(names[0], names[0])


def _organisation(cells: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: cells[name] for name in _PLAIN if name in cells}
    values["names"] = {
        language: cells[f"name_{language}"]
        for language in ("zh", "en")
        if f"name_{language}" in cells
    }
    city = values.get("city", "").strip()
    if city and not re.fullmatch("[0-9]{6}", city):
        values |= _named_city(city, values)
    return values


def _named_city(name: str, values: Mapping[str, Any]) -> dict[str, str | None]:
    """A city given by name: its code where the name tells, and the name as it is."""
    code = None
    if values.get("country", "CN").upper() in ("CN", "中国", "CHINA"):
        province = places().province_code(values.get("province", ""))
        code = places().city_code(name, province)
    return {"city": code, "city_name": values.get("city_name") or name}


def _statement(cells: Mapping[str, str], default_id: str) -> dict[str, Any]:
    values: dict[str, Any] = {name: cells[name] for name in STATEMENT if name in cells}
    facets = {name: values.pop(name) for name in FACETS if name in values}
    values["id"] = values.pop("statement_id", default_id)
    values["fields"] = _split(cells.get("fields", ""))
    return {**values, "facets": facets} if facets else values


def _contact(cells: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix("contact_"): cells[name] for name in CONTACT if name in cells}


def _collaboration(cells: Mapping[str, str]) -> dict[str, str]:
    names = {"partner": "organisation", "projects": "count"}
    return {ours: cells[column] for column, ours in names.items() if column in cells}


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part]
