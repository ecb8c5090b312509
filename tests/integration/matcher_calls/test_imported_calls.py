"""Calls out of a file: good rows go in, bad rows are told, the same file twice changes nothing."""

import json
from pathlib import Path

import pytest

from services.matcher.domain.calls.stored import CallFilter
from services.matcher.formats.call_files import read_calls
from shared.contracts.call_imports import CallFormat
from shared.contracts.calls import CallState
from shared.errors import ProblemError
from tests.support.calls import COORDINATOR, Market, read

CSV = """reference,title,kind,deadline,must_have,nice_to_have,maximum_size,countries
cave-1,A cave again,use_case,2031-05-01,"laser scanning
pigment imaging",museum guides,4,CN;DE
cave-2,,use_case,2031-05-01,laser scanning,,4,
cave-3,Another,challenge,soon,laser scanning,,4,
"""


def test_a_table_has_a_requirement_a_line() -> None:
    good, untitled, undated = read_calls(CSV.encode())
    assert good.call
    assert [(one.text, one.must_have) for one in good.call.requirements] == [
        ("laser scanning", True),
        ("pigment imaging", True),
        ("museum guides", False),
    ]
    assert good.call.limits.countries == ("CN", "DE")
    assert [one.field for one in untitled.problems] == ["title"]
    assert [(one.line, one.field, one.reference) for one in undated.problems] == [
        (5, "deadline", "cave-3")
    ]


def test_chinese_headings_and_gb18030_are_read() -> None:
    text = "编号,标题,类型,必须项\nxw-1,石窟壁画的数字再现,应用场景,壁画多光谱成像\n"
    (row,) = read_calls(text.encode("gb18030"))
    assert row.call
    assert (row.call.reference, row.call.kind.value) == ("xw-1", "use_case")


def test_lines_that_are_no_calls_are_told_with_their_number() -> None:
    text = '{"title": "One"}\nnot json\n[1]\n{"title": "Two", "colour": 1}\n'
    rows = list(read_calls(text.encode()))
    assert [(row.line, row.call is not None) for row in rows] == [
        (1, True),
        (2, False),
        (3, False),
        (4, False),
    ]
    assert rows[3].problems[0].field == "colour"


@pytest.mark.anyio
async def test_the_same_file_twice_changes_nothing(market: Market) -> None:
    take = market.cases.imports.take
    trial = await take(CSV.encode(), None, COORDINATOR, dry_run=True)
    assert (trial.created, trial.rejected, trial.dry_run) == (1, 2, True)
    lines = [{"title": "Nameless", "requirements": []}, {"title": "B", "reference": "b-1"}]
    content = "\n".join(map(json.dumps, lines)).encode()
    first = await take(content, None, COORDINATOR, dry_run=False)
    again = await take(content, CallFormat.JSONL, COORDINATOR, dry_run=False)
    assert (first.created, again.created, again.unchanged) == (2, 0, 2)
    lines[1]["title"] = "B, but better"
    changed = "\n".join(map(json.dumps, lines)).encode()
    assert (await take(changed, None, COORDINATOR, dry_run=False)).updated == 1


@pytest.mark.anyio
async def test_a_published_call_is_not_overwritten(market: Market) -> None:
    row = {"title": "P", "reference": "p-1", "requirements": [{"id": "a", "text": "abc"}]}
    await market.cases.imports.take(json.dumps(row).encode(), None, COORDINATOR, dry_run=False)
    wanted = CallFilter(text="p-1")
    (listed,) = (await market.cases.lists.page(wanted, COORDINATOR, cursor=None, limit=5)).items
    await market.cases.keep.publish(listed.id, COORDINATOR, read(1))
    changed = json.dumps(row | {"title": "Q"}).encode()
    report = await market.cases.imports.take(changed, None, COORDINATOR, dry_run=False)
    assert (report.rejected, report.problems[0].field) == (1, "reference")
    kept = await market.cases.keep.read(listed.id, COORDINATOR)
    assert (kept.title, kept.state) == ("P", CallState.OPEN)


@pytest.mark.anyio
async def test_a_file_that_is_no_text_is_refused(market: Market) -> None:
    with pytest.raises(ProblemError) as error:
        await market.cases.imports.take(b"\x1f\x8bnothing", None, COORDINATOR, dry_run=False)
    assert error.value.code == "invalid_request"


@pytest.mark.slow
@pytest.mark.anyio
async def test_the_funding_portals_calls_are_drafts_to_be_corrected(
    market: Market, real_data: Path
) -> None:
    content = (real_data / "eu-calls.jsonl.gz").read_bytes()
    report = await market.cases.imports.take(content, None, COORDINATOR, dry_run=False)
    assert (report.created, report.rejected) == (report.rows, 0)
    again = await market.cases.imports.take(content, None, COORDINATOR, dry_run=False)
    assert again.unchanged == report.rows
