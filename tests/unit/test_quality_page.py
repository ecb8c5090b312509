"""docs/quality.md, from results."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality_page import Measured, quality_page
from services.matcher.evaluation.bootstrap import Estimate
from services.matcher.evaluation.dataset import Query
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.first_pages import first_pages
from services.matcher.evaluation.groups import split_of
from services.matcher.evaluation.metrics import METRICS
from services.matcher.evaluation.result_json import to_document
from services.matcher.evaluation.results import EngineResult, Evaluation, GroupResult
from tests.support.small_dataset import ORGANISATIONS, lines_of

DAY = date(2026, 11, 23)
GROUPS = [("all", "all"), ("split", "report"), ("split", "tune"), ("kind", "ad hoc")]


def engine(name: str, mean: float, queries: int = 10, *, baseline: bool = True) -> EngineResult:
    estimates = {metric: Estimate(mean, mean - 0.01, mean + 0.01) for metric in METRICS}
    return EngineResult(
        name=name,
        baseline=baseline,
        seconds=1.0,
        groups=tuple(GroupResult(by, group, queries, estimates) for by, group in GROUPS),
        per_query={f"q{n}": dict.fromkeys(METRICS, mean) for n in range(queries)},
        run={},
    )


def ours(mean: float) -> EngineResult:
    return engine("hezuo", mean, baseline=False)


def document(*engines: EngineResult, name: str = "cordis-calls") -> dict[str, Any]:
    return to_document(Evaluation(name, 100, 20, (), ("3 x something odd",), engines))


def page(*engines: EngineResult, **more: Any) -> str:
    return quality_page(Measured([document(*engines)], **more), date(2026, 11, 23))


def test_the_page_shows_the_engine_beside_the_baselines_and_its_own_groups() -> None:
    text = page(ours(0.15), engine("random", 0.01), engine("few", 0.9, queries=2))
    assert "2026-11-23" in text
    assert "100 organisations, 20 queries." in text
    assert "- 3 x something odd" in text
    assert "| hezuo | 10 | .150 [.140, .160] |" in text
    assert "| random | 10 | .010 [.000, .020] |" in text
    assert "| split: tune | 10 |" in text
    assert "split: report" not in text


def test_what_is_reached_is_said_and_a_baseline_of_few_queries_does_not_count() -> None:
    text = page(ours(0.15), engine("random", 0.01), engine("few", 0.9, queries=2))
    start = "| .010 (random) | .150 | **.150** [.140, .160] | .150 [.140, .160] |"
    assert f"| cordis-calls | nDCG@10 {start} .140 | reached |" in text
    assert f"| cordis-calls | R@50 {start} .360 | **not reached** |" in text


def test_a_variant_stands_beside_the_product_with_its_paired_change() -> None:
    text = page(ours(0.15), engine("hezuo, named=0", 0.12, baseline=False), engine("random", 0.01))
    assert "| cordis-calls | hezuo | nDCG@10 | .150 | .150 | .150 |  |" in text
    assert "| cordis-calls | hezuo, named=0 | nDCG@10 | .120 | .120 | .120 | -.030 [-.030" in text
    assert "(hezuo, named=0)" not in text  # it is no plain ranking


def test_an_earlier_version_is_compared_on_the_same_queries() -> None:
    text = page(ours(0.15), before={"cordis-calls": document(ours(0.05))})
    assert "| cordis-calls | nDCG@10 | .050 | .150 | +.100 [+.100, +.100], p " in text


def test_sets_that_were_not_there_are_named_and_notes_are_shown() -> None:
    text = page(ours(0.15), missing=["sbir-topics"], failed=["broken"], notes=["Half a set."])
    assert "Not measured this time: sbir-topics." in text
    assert "Could not be measured: broken." in text
    assert "**Half a set.**" in text


def test_a_set_of_one_split_has_a_section() -> None:
    one = document(ours(0.15))
    for ranked in one["engines"]:
        ranked["groups"] = [g for g in ranked["groups"] if g["name"] != "report"]
    text = quality_page(Measured([one]), date(2026, 11, 23))
    assert "### cordis-calls" in text
    assert "| split: tune | 10 |" in text


def test_first_pages_are_held_against_the_record_and_say_whom_they_show(tmp_path: Path) -> None:
    ids = [f"q{n}" for n in range(200)]
    reported = [one for one in ids if split_of(Query(id=one, text="glove")) == "report"]
    (tmp_path / "organisations.jsonl").write_text(lines_of(ORGANISATIONS), "utf-8")
    (tmp_path / "queries.jsonl").write_text(lines_of([{"id": one, "text": "x"} for one in ids]))
    (tmp_path / "qrels.tsv").write_text("".join(f"{one}\tfirm\t1\n" for one in ids))
    dataset = read_dataset(tmp_path)
    assert first_pages(dataset, {}) is None
    found = first_pages(dataset, {one: [("firm", 0.9), ("lab", 0.3)] for one in ids})
    assert found is not None
    assert found.pairs == 2 * len(reported)
    assert (found.shown, found.on_record) == (pytest.approx(0.6), pytest.approx(0.5))
    assert found.ece == pytest.approx(0.5 * 0.1 + 0.5 * 0.3)
    assert found.learned_ece < 0.05, "labels of the other half teach what the numbers are worth"
    assert found.seen == pytest.approx(2 / len(ORGANISATIONS))
    table = quality_page(Measured([document(replace(ours(0.1), first_pages=found))]), DAY)
    assert f"| cordis-calls | {found.pairs} | .600 | .500 |" in table
