"""docs/quality.md, from results."""

from datetime import date

from benchmarks.quality_page import quality_page
from services.matcher.evaluation.bootstrap import Estimate
from services.matcher.evaluation.metrics import METRICS
from services.matcher.evaluation.result_json import to_document
from services.matcher.evaluation.results import EngineResult, Evaluation, GroupResult


def engine(name: str, mean: float, queries: int = 10) -> EngineResult:
    estimates = {metric: Estimate(mean, mean - 0.01, mean + 0.01) for metric in METRICS}
    groups = [("all", "all"), ("split", "report"), ("split", "tune"), ("kind", "ad hoc")]
    return EngineResult(
        name=name,
        baseline=name != "hezuo",
        seconds=1.0,
        groups=tuple(GroupResult(by, group, queries, estimates) for by, group in groups),
        per_query={},
        run={},
    )


def page(*engines: EngineResult) -> str:
    evaluation = Evaluation("cordis-calls", 100, 20, (), ("3 x something odd",), engines)
    return quality_page([to_document(evaluation)], ["sbir-topics"], ["broken"], date(2026, 11, 23))


def test_the_page_shows_the_engine_beside_the_baselines_and_its_own_groups() -> None:
    text = page(engine("hezuo", 0.15), engine("random", 0.01), engine("few", 0.9, queries=2))
    assert "2026-11-23" in text
    assert "100 organisations, 20 queries." in text
    assert "- 3 x something odd" in text
    assert "| hezuo | 10 | .150 [.140, .160] |" in text
    assert "| random | 10 | .010 [.000, .020] |" in text
    assert "| split: tune | 10 |" in text
    assert "split: report" not in text


def test_what_is_reached_is_bold_and_a_baseline_of_few_queries_does_not_count() -> None:
    text = page(engine("hezuo", 0.15), engine("random", 0.01), engine("few", 0.9, queries=2))
    assert "| cordis-calls | nDCG@10 | .010 (random) | **.150** | .140 |" in text
    assert "| cordis-calls | R@50 | .010 (random) | .150 | .360 |" in text


def test_sets_that_were_not_there_are_named() -> None:
    text = page(engine("hezuo", 0.15))
    assert "Not measured this time: sbir-topics." in text
    assert "Could not be measured: broken." in text
