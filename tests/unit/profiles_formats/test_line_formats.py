"""JSON Lines, data sets and ROR records: what is read, what is reported."""

import gzip
import io
import json
from typing import Any

import pytest

from services.profiles.formats import dataset, jsonl, ror
from services.profiles.formats.lines import MAXIMUM_LINE_BYTES, count_lines
from services.profiles.formats.rows import ParsedRow, UnreadableFileError
from shared.contracts.organisation import Kind
from tests.support.import_files import json_lines, many, organisation

ROR_RECORD: dict[str, Any] = {
    "id": "https://ror.org/00073tb80",
    "status": "active",
    "types": ["education", "funder"],
    "names": [
        {"value": "NUIST", "lang": "en", "types": ["acronym"]},
        {"value": "Nanjing University", "lang": "en", "types": ["ror_display", "label"]},
        {"value": "南京大学", "lang": "zh", "types": ["label"]},
    ],
    "locations": [
        {
            "geonames_details": {
                "country_code": "CN",
                "country_subdivision_name": "Jiangsu",
                "name": "Suzhou",
            }
        }
    ],
    "links": [
        {"type": "wikipedia", "value": "http://en.wikipedia.org/wiki/X"},
        {"type": "website", "value": "www.example.cn"},
    ],
    "relationships": [
        {"type": "child", "label": "A child", "id": "https://ror.org/02mpq6x41"},
        {"type": "parent", "label": "A parent", "id": "https://ror.org/01an7q238"},
    ],
}


def read(content: bytes, module: Any = jsonl) -> list[ParsedRow]:
    return list(module.read(io.BytesIO(content)))


def only(row: ParsedRow) -> Any:
    assert row.organisation is not None, row.problems
    return row.organisation


def test_gzip_blank_lines_and_a_byte_order_mark_are_fine():
    content = (
        b"\xef\xbb\xbf" + json_lines([organisation(1)]) + b"\n\n" + json_lines([organisation(2)])
    )
    rows = read(gzip.compress(content))
    assert [(row.line, only(row).id) for row in rows] == [(1, "org-1"), (4, "org-2")]


def test_a_damaged_gzip_is_one_clear_problem():
    with pytest.raises(UnreadableFileError, match="cut off"):
        read(gzip.compress(many(3000))[:-2000])


def test_an_array_is_read_like_lines():
    rows = [organisation(number) for number in range(3000)]
    assert [only(row).id for row in read(json.dumps(rows, indent=1).encode())] == [
        f"org-{number}" for number in range(3000)
    ]


def test_an_array_that_breaks_off_says_where():
    with pytest.raises(UnreadableFileError, match="line 3"):
        read(b'[\n{"a": 1},\n{"b": 2')


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "is not JSON"),
        (b"3", "is not an object"),
        (b'{"id": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_reported_and_the_next_is_read(line, problem):
    bad, good = read(many(1) + line + b"\n" + many(1))[1:]
    assert problem in bad.problems[0].problem
    assert (bad.line, only(good).id) == (2, "org-0")


def test_a_line_without_end_does_not_fill_the_memory():
    class Endless(io.BytesIO):
        largest = 0

        def readline(self, size: int | None = -1) -> bytes:  # type: ignore[override]
            self.largest = max(self.largest, size or -1)
            return super().readline(size or -1)

    file = Endless(b" " * (MAXIMUM_LINE_BYTES + 10) + b"\n" + many(1))
    first, second = jsonl.read(file)
    assert "is longer than" in first.problems[0].problem
    assert only(second).id == "org-0"
    assert file.largest <= MAXIMUM_LINE_BYTES + 1


def test_every_problem_of_a_row_is_reported_with_its_mend():
    row = organisation(1, kind="club", website="not a site", readiness=3, names={})
    row["capabilities"] = [{"id": "c1", "text": "XR", "readiness": 12, "valid_until": "soon"}]
    [parsed] = read(json_lines([row]))
    found = {problem.field: (problem.problem, problem.mend) for problem in parsed.problems}
    assert set(found) == {
        "kind", "website", "readiness", "names",
        "capabilities.0.text", "capabilities.0.readiness", "capabilities.0.valid_until",
    }  # fmt: skip
    assert found["capabilities.0.text"] == (
        "has 2 characters; at least 5 are needed", "say more, or leave it out altogether"
    )  # fmt: skip
    assert found["names"][1].startswith("give a Chinese name")
    assert found["capabilities.0.valid_until"] == ("is not a date", "write it as YYYY-MM-DD")
    assert {problem.organisation for problem in parsed.problems} == {"org-1"}


def test_without_an_id_the_ror_id_or_the_uscc_stands_in():
    with_ror = organisation(1, id=None, ror="https://ror.org/00073tb80")
    with_uscc = organisation(2, id="", uscc="91110000600037341L")
    without = organisation(3, id=None)
    first, second, third = read(json_lines([with_ror, with_uscc, without]))
    assert (only(first).id, only(second).id) == ("00073tb80", "91110000600037341L")
    assert third.problems[0].field == "id"


def test_names_of_places_become_codes():
    row = organisation(1, province="江苏", country="China", website="nuist.example")
    [parsed] = read(json_lines([row]))
    found = only(parsed)
    assert (found.province, found.country) == ("320000", "CN")
    assert found.website == "https://nuist.example"


def test_counting_lines_leaves_blank_ones_out():
    assert count_lines(io.BytesIO(many(3) + b"\n \n")) == 3


def test_a_data_set_is_read_as_it_is():
    [parsed] = read(
        json_lines(
            [
                {
                    "id": "o1", "name": "VSB", "kind": "institution", "activity": "HES",
                    "country": "UK", "city": None,
                    "capabilities": [
                        {"id": "o1.1", "text": "A text", "lang": "en", "date": "2010"},
                        {"id": "o1.2", "text": "A text", "lang": None, "date": "2020-11"},
                    ],
                    "collaborations": [{"organisation": "o2", "count": 3}],
                }
            ]
        ),
        dataset,
    )  # fmt: skip
    found = only(parsed)
    assert (found.names.en, found.activity, found.country) == ("VSB", "HES", "GB")
    assert [str(c.stated_on) for c in found.capabilities] == ["2010-01-01", "2020-11-01"]
    assert [c.language for c in found.capabilities] == ["en", None]
    assert (found.city_name, found.needs, found.collaborations[0].count) == (None, (), 3)


def test_a_chinese_name_in_a_data_set_is_a_chinese_name():
    row = {"id": "o1", "name": "南京大学", "kind": "institution", "capabilities": []}
    [parsed] = read(json_lines([row]), dataset)
    assert only(parsed).names.zh == "南京大学"


def test_a_ror_record_becomes_an_institution_with_both_names():
    [parsed] = read(json_lines([ROR_RECORD]), ror)
    found = only(parsed)
    assert (found.id, found.ror, found.kind) == ("00073tb80", "00073tb80", Kind.INSTITUTION)
    assert (found.names.zh, found.names.en) == ("南京大学", "Nanjing University")
    assert (found.province, found.city, found.city_name) == ("320000", "320500", "Suzhou")
    assert found.website == "https://www.example.cn"
    assert found.parent == "01an7q238"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["company"], Kind.ENTERPRISE),
        (["facility"], Kind.INSTITUTION),
        (["government", "funder"], Kind.OTHER),
        (["nonprofit"], Kind.OTHER),
        ([], Kind.OTHER),
    ],
)
def test_ror_types_become_kinds(types, kind):
    [parsed] = read(json_lines([{**ROR_RECORD, "types": types}]), ror)
    assert only(parsed).kind is kind


def test_only_active_ror_records_are_read():
    withdrawn = {**ROR_RECORD, "status": "withdrawn"}
    assert read(json_lines([withdrawn]), ror) == []


def test_what_is_no_ror_record_is_reported():
    [parsed] = read(b'{"id": "https://ror.org/00073tb80", "names": "x"}\n', ror)
    assert parsed.problems[0].problem == "is not a ROR record"


@pytest.mark.parametrize(
    ("path", "module", "count"),
    [
        ("cordis-calls/organisations.jsonl.gz", dataset, 4234),
        ("sbir-topics/organisations.jsonl.gz", dataset, 3613),
        ("chinaxiv-mixed/organisations.jsonl.gz", dataset, 1000),
        ("ror-greater-china.jsonl.gz", ror, 2127),
    ],
)
def test_real_files_are_read_to_the_last_row(real_data, path, module, count):
    with (real_data / path).open("rb") as file:
        rows = list(module.read(file))
    assert [row.problems for row in rows if row.problems] == []
    assert len(rows) == count
