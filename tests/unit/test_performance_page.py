"""docs/performance.md is put together from sections that are written apart."""

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.performance_page import table, write_section
from benchmarks.performance_plan import Assumed, plan_lines
from benchmarks.svg_plot import Axis, Line, plot


def test_a_section_is_replaced_and_the_others_stay_in_order(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    write_section("plan", ["## Plan"], page)
    write_section("rematch", ["## Rematch", "first"], page)
    write_section("rematch", ["## Rematch", "second"], page)
    text = page.read_text("utf-8")
    assert text.index("# How fast") < text.index("## Rematch") < text.index("## Plan")
    assert "second" in text
    assert "first" not in text


def test_a_table_has_a_rule_and_a_blank_line_behind_it() -> None:
    assert table(["a", "b"], [["1", "2"]]) == ["| a | b |", "| --- | ---: |", "| 1 | 2 |", ""]


def test_a_plot_is_an_image_with_every_point_inside_it() -> None:
    lines = [Line("a < b", [(1, 10), (1000, 0.01)]), Line("flat", [(10, 1), (100, 1)])]
    picture = ElementTree.fromstring(plot("t", Axis("x", log=True), Axis("y", log=True), lines))
    circles = [one for one in picture.iter() if one.tag.endswith("circle")]
    assert len(circles) == 4 + 2
    for one in circles:
        assert 0 <= float(one.attrib["cx"]) <= 640
        assert 0 <= float(one.attrib["cy"]) <= 360


def test_a_plot_of_one_point_is_no_error() -> None:
    ElementTree.fromstring(plot("t", Axis("x"), Axis("y"), [Line("one", [(0.0, 0.0)])]))


def test_the_plan_multiplies_what_it_assumes() -> None:
    text = "\n".join(plan_lines(Assumed(statements=1_000_000, dimension=1000), 100.0))
    assert "| corrected vectors, in memory | statements x numbers x 4 | 4.0 |" in text
    assert "200,000" in text
