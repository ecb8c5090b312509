"""CSV and XLSX: layouts, encodings, delimiters, reports that point at the cell."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from services.profiles.formats import csv_format, xlsx_format
from services.profiles.formats.cells import as_text, from_text
from services.profiles.formats.rows import ParsedRow, UnreadableFileError

SIMPLE = """编号,类型,中文名称,省份,城市,联系人,邮箱,能力1,能力2,需求1
nuist,高校,南京信息工程大学,江苏,南京,王老师,w@example.org,气象数据可视化,,近眼显示器件
"""
GROUPED = """row_type;id;kind;name_en;country;statement_id;text;necessity;readiness;partner;projects
organisation;acme;enterprise;Acme;DE;;;;;;
capability;acme;;;;c1;We build lenses.;;7;;
need;;;;;n1;We need a test bench.;nice_to_have;;;
collaboration;acme;;;;;;;;nuist;3
capability;beta;other;Beta;FR;;We write standards.;;;;
"""


def read(text: str, encoding: str = "utf-8") -> list[ParsedRow]:
    return list(csv_format.read(io.BytesIO(text.encode(encoding))))


def only(row: ParsedRow) -> Any:
    assert row.organisation is not None, row.problems
    return row.organisation


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_simple_layout_is_read_in_every_usual_encoding(encoding, delimiter):
    [row] = read(SIMPLE.replace(",", delimiter), encoding)
    found = only(row)
    assert (found.id, found.kind, found.names.zh) == ("nuist", "institution", "南京信息工程大学")
    assert (found.province, found.city, found.city_name) == ("320000", "320100", "南京")
    assert [(c.id, c.text) for c in found.capabilities] == [("capability_1", "气象数据可视化")]
    assert [need.id for need in found.needs] == ["need_1"]
    assert found.contacts[0].email == "w@example.org"


def test_rows_of_one_organisation_are_grouped():
    acme, beta = read(GROUPED)
    assert (only(acme).capabilities[0].readiness, only(acme).needs[0].necessity) == (
        7, "nice_to_have",
    )  # fmt: skip
    assert only(acme).collaborations[0].count == 3
    assert (beta.line, only(beta).id, only(beta).capabilities[0].id) == (6, "beta", "capability-1")


def test_a_problem_points_at_its_row_and_column():
    text = GROUPED.replace("We build lenses.", "x" * 8001).replace("nice_to_have", "perhaps")
    row = read(text)[0]
    assert row.organisation is None
    found = [(p.line, p.organisation, p.field) for p in row.problems]
    assert found == [(3, "acme", "text"), (4, "acme", "necessity")]
    assert "split it" in row.problems[0].mend


def test_a_problem_in_the_simple_layout_names_the_column():
    [row] = read(SIMPLE.replace("气象数据可视化", "XR"))
    assert [(p.line, p.field) for p in row.problems] == [(2, "capability_1")]


def test_an_unknown_column_is_a_remark_and_an_unknown_row_type_a_problem():
    acme, beta = read(GROUPED.replace("projects\n", "projects;colour\n").replace("need;", "wish;"))
    assert [p.field for p in acme.problems] == ["colour", "row_type"]
    assert acme.organisation is None
    assert beta.problems == ()


def test_lines_are_counted_over_cells_with_line_breaks():
    text = 'id,kind,name_en,capability_1\na,other,A,"two\nlines"\nb,club,B,more words\n'
    assert [row.line for row in read(text)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("a,b,c\n1,2,3\n", "does not name the columns"),
        ("id,kind,name_en,id\n", "column id is there twice"),
        ('id,kind,name_en\na,other,"' + "x" * 1_100_000, "quotation mark"),
    ],
)
def test_a_file_that_is_no_table_is_refused(text, problem):
    with pytest.raises(UnreadableFileError, match=problem):
        read(text)


@pytest.mark.parametrize("value", ["=1+1", "+86 25", "-1", "@x", "\t=1", "'=1", "''+", "＝1"])
def test_formulas_are_neutralised_and_come_back(value):
    assert as_text(value)[0] == "'"
    assert from_text(as_text(value)) == value


@pytest.mark.parametrize("value", ["'quoted'", "it's", "a=b", "'", ""])
def test_other_cells_stay_as_they_are(value):
    assert (as_text(value), from_text(value)) == (value, value)


def workbook(*rows: list[Any]) -> io.BytesIO:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


def test_a_workbook_saved_by_a_spreadsheet_program_is_read():
    file = workbook(
        [],
        ["row_type", "id", "kind", "name_en", "capacity", "text", "stated_on", "uscc"],
        ["organisation", 42, "enterprise", "Acme", 3.0, None, None, None],
        ["capability", 42, None, None, None, "We build lenses.", date(2024, 5, 1), None],
    )
    [row] = xlsx_format.read(file)
    found = only(row)
    assert (row.line, found.id, found.capacity) == (3, "42", 3)
    assert str(found.capabilities[0].stated_on) == "2024-05-01"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnreadableFileError, match="XLSX"):
        list(xlsx_format.read(io.BytesIO(content)))


def test_a_workbook_that_would_unpack_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx_format, "_MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(UnreadableFileError, match="too large"):
        list(xlsx_format.read(workbook(["id", "kind", "name_en"])))


def test_a_workbook_with_broken_xml_is_refused():
    good, broken = workbook(["id", "kind", "name_en"], ["a", "other", "A"]), io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[:-40] if "sheet1" in name else data)
    with pytest.raises(UnreadableFileError):
        list(xlsx_format.read(broken))
