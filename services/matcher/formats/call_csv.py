"""A call as a row of a table. Cells of requirements have one requirement a line."""

from collections.abc import Mapping
from typing import Any

from services.matcher.formats.call_rows import CallRow, bad_row, row_of

_NAMES = {
    "编号": "reference",
    "标题": "title",
    "简介": "summary",
    "类型": "kind",
    "截止日期": "deadline",
    "发布机构": "publisher",
    "网址": "url",
    "可见范围": "audience",
    "替补方式": "replacing",
    "答复天数": "answer_days",
    "最少成员": "minimum_size",
    "最多成员": "maximum_size",
    "国家": "countries",
    "省份": "provinces",
    "机构数": "institutions",
    "企业数": "enterprises",
    "必须项": "must_have",
    "可选项": "nice_to_have",
}
COLUMNS = tuple(_NAMES.values())
_PLAIN = COLUMNS[:10]
_VALUES = {
    "挑战": "challenge",
    "难题": "challenge",
    "应用场景": "use_case",
    "成员": "members",
    "受邀": "invited",
    "建议": "suggest",
    "自动": "automatic",
}


def csv_row(line: int, record: Mapping[str, Any]) -> CallRow:
    """The call of one row; empty cells are as if they were not there."""
    if "" in record or None in record:
        return bad_row(line, "has more cells than the heading", "check commas and quotes")
    cells = {_name(key): (value or "").strip() for key, value in record.items()}
    if unknown := [name for name in cells if name not in COLUMNS]:
        return bad_row(line, f"unknown column {unknown[0][:40]!r}", "see docs/calls.md")
    values: dict[str, Any] = {
        name: _VALUES.get(cells[name], cells[name]) for name in _PLAIN if cells.get(name)
    }
    values["requirements"] = _requirements(cells)
    if limits := _limits(cells):
        values["limits"] = limits
    return row_of(line, values)


def _name(heading: str) -> str:
    found = heading.strip().lower()
    return _NAMES.get(found, found)


def _requirements(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    asked = [(text, True) for text in _lines(cells.get("must_have", ""))]
    asked += [(text, False) for text in _lines(cells.get("nice_to_have", ""))]
    return [
        {"id": f"r{number}", "text": text, "must_have": must_have}
        for number, (text, must_have) in enumerate(asked, start=1)
    ]


def _limits(cells: Mapping[str, str]) -> dict[str, Any]:
    limits: dict[str, Any] = {
        name: cells[name] for name in ("minimum_size", "maximum_size") if cells.get(name)
    }
    for name in ("countries", "provinces"):
        if cells.get(name):
            limits[name] = cells[name].replace(",", " ").replace(";", " ").split()
    kinds = {
        kind: cells[column]
        for kind, column in (("institution", "institutions"), ("enterprise", "enterprises"))
        if cells.get(column)
    }
    return limits | ({"kinds": kinds} if kinds else {})


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]
