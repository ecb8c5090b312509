"""From a folder to figures, files and comparisons."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.evaluation.command import (
    as_json,
    comparison_as_json,
    of_split,
    query_texts,
    run_comparison,
    run_evaluation,
)
from services.matcher.evaluation.compare import IncomparableError, compare
from services.matcher.evaluation.comparison_tables import comparison_tables
from services.matcher.evaluation.dataset import Corpus, Dataset, Query
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.dataset_reader import read_dataset
from services.matcher.evaluation.engine import Progress, Ranking
from services.matcher.evaluation.evaluate import evaluate
from services.matcher.evaluation.groups import groups_of, languages_of, split_of
from services.matcher.evaluation.metrics import METRICS
from services.matcher.evaluation.progress_display import ProgressLines, shown_progress
from services.matcher.evaluation.result_json import is_result
from services.matcher.evaluation.result_tables import result_tables
from services.matcher.evaluation.results import Evaluation
from services.matcher.evaluation.run_file import read_run, write_run
from services.matcher.ports import TextEmbedder
from tests.support.small_dataset import QUERIES, CountingEmbedder, WriteDataset, lines_of

pytestmark = pytest.mark.anyio


class Fixed:
    """An engine with rankings from a table; it has seen no judgement."""

    def __init__(self, rankings: dict[str, Ranking], name: str = "fixed") -> None:
        self.name = name
        self._rankings = rankings

    async def prepare(self, corpus: Corpus, progress: Progress) -> None:
        assert not hasattr(corpus, "relevance")

    async def rank(self, query: Query) -> Ranking:
        return self._rankings.get(query.id, [])


GOOD: dict[str, Ranking] = {
    "words": [("lab", 0.9), ("firm", 0.1)],
    "partner": [("firm", 0.8)],
    "few": [("lab", 0.7), ("firm", 0.6)],
}
BETTER: dict[str, Ranking] = GOOD | {"few": [("firm", 0.7)], "chinese": [("hub", 0.5)]}


async def evaluated(folder: Path, tmp_path: Path, **more: object) -> Evaluation:
    def engines(embedder: TextEmbedder) -> list[Fixed]:
        return [Fixed(GOOD)]

    return await run_evaluation(
        folder,
        cache=tmp_path / "cache",
        embedder_on=lambda store: CachedEmbedder(CountingEmbedder(), store),
        engines_on=engines,
        **more,  # type: ignore[arg-type]
    )


def shown(tables: object, width: int = 160) -> str:
    console = Console(file=StringIO(), width=width)
    for table in tables:  # type: ignore[attr-defined]
        console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


async def test_engine_and_baselines_are_measured_side_by_side(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    evaluation = await evaluated(write_dataset(), tmp_path, run_file=tmp_path / "out.trec")
    assert [one.name for one in evaluation.engines] == [
        "fixed",
        "random",
        "popularity",
        "BM25 of profiles",
        "dense maximum",
        "common neighbours",
        "sum of z-scores",
    ]
    fixed = evaluation.engines[0]
    everything = fixed.group("all", "all")
    assert everything is not None
    assert everything.queries == 4
    assert everything.estimates["R@1"].mean == pytest.approx(2 / 4)
    assert everything.estimates["MRR"].mean == pytest.approx((1 + 1 + 0.5 + 0) / 4)
    assert fixed.per_query["chinese"]["nDCG@10"] == 0
    neighbours = evaluation.engines[5].group("all", "all")
    assert neighbours is not None
    assert neighbours.queries == 1
    assert read_run(tmp_path / "out.trec") == GOOD


async def test_a_query_without_an_answer_is_ranked_but_in_no_mean(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    evaluation = await evaluated(write_dataset(qrels="words\tlab\t1\n"), tmp_path)
    assert evaluation.left_out == ("partner", "few", "chinese")
    assert list(evaluation.engines[0].per_query) == ["words"]
    assert set(evaluation.engines[0].run) == {"words", "partner", "few", "chinese"}
    assert len(evaluation.warnings) == 1


def test_groups_are_kind_languages_and_split(small: Dataset) -> None:
    found = {(one.by, one.name): one.queries for one in groups_of(small)}
    assert found["all", "all"] == ("words", "partner", "few", "chinese")
    assert found["kind", "stored organisation"] == ("partner",)
    assert found["languages", "en-en"] == ("words", "partner", "few")
    assert found["languages", "zh-zh"] == ("chinese",)
    halves = [found.get(("split", name), ()) for name in ("tune", "report")]
    assert sorted(halves[0] + halves[1]) == ["chinese", "few", "partner", "words"]


def test_a_querys_own_split_and_languages_go_before_the_computed_ones(small: Dataset) -> None:
    one = small.corpus.queries[0]
    even = int(sha256(one.id.encode()).hexdigest(), 16) % 2 == 0
    assert split_of(one) == ("tune" if even else "report")
    marked = one.model_copy(update={"split": "held out", "languages": "zh-en"})
    assert split_of(marked) == "held out"
    assert languages_of(small, marked) == "zh-en"


def test_answers_in_different_languages_are_mixed(small: Dataset) -> None:
    both = small.model_copy(update={"relevance": {"words": {"lab": 1, "hub": 1}}})
    assert languages_of(both, small.corpus.queries[0]) == "en-mixed"


async def test_tables_show_every_ranking_and_group_with_its_interval(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    queries = lines_of([QUERIES[0] | {"split": "held out"}, *QUERIES[1:]])
    evaluation = await evaluated(write_dataset(queries=queries), tmp_path)
    text = shown(result_tables(evaluation), width=80)
    assert "…" not in text
    for part in (
        "small, all queries",
        "query kind: stored organisation",
        "zh-zh",
        "split: held out",
    ):
        assert part in text
    assert "sum of z-scores" in text
    assert ".500" in text
    assert "[.000,1.00]" in text
    assert max(map(len, text.splitlines())) <= 80


async def test_a_group_that_holds_every_query_is_named_once(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    folder = write_dataset(qrels="words\tlab\t1\nfew\tfirm\t1\n")
    text = shown(result_tables(await evaluated(folder, tmp_path)))
    assert "ad hoc; en-en): 2 queries" in text
    assert "query kind" not in text


async def test_a_second_run_gives_the_same_result(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    first, second = [await evaluated(write_dataset(), tmp_path) for _ in range(2)]
    assert [one.groups for one in first.engines] == [one.groups for one in second.engines]
    assert [one.run for one in first.engines] == [one.run for one in second.engines]


@pytest.mark.parametrize("target", ["missing/out.trec", "."])
async def test_a_run_file_that_cannot_be_written_is_said_first(
    write_dataset: WriteDataset, tmp_path: Path, target: str
) -> None:
    with pytest.raises(DatasetError, match=r"its folder is missing|it is a folder"):
        await evaluated(write_dataset(), tmp_path, run_file=tmp_path / target)
    assert not (tmp_path / "cache").exists()


def two_runs(tmp_path: Path) -> tuple[Path, Path]:
    a, b = tmp_path / "a.trec", tmp_path / "b.trec"
    write_run(a, GOOD, "a")
    write_run(b, BETTER, "b")
    return a, b


def test_two_runs_are_compared_query_by_query(write_dataset: WriteDataset, tmp_path: Path) -> None:
    one = run_comparison(*two_runs(tmp_path), write_dataset())
    assert one.queries == 4
    assert [moved.query for moved in one.better] == ["chinese", "few"]
    assert (one.worse, one.same) == ((), 2)
    first = {row.metric: row for row in one.differences}["R@1"]
    assert (first.a, first.b, first.change.mean) == (0.5, 1.0, 0.5)
    assert first.p == pytest.approx(0.5, abs=0.03)  # two equal differences: 2 of 4 assignments


def test_a_comparison_the_other_way_round_is_its_mirror(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    a, b = two_runs(tmp_path)
    one = run_comparison(b, a, write_dataset())
    assert [moved.query for moved in one.worse] == ["chinese", "few"]
    assert one.differences[0].change.mean < 0


def test_the_comparison_is_shown_with_what_the_queries_ask(
    write_dataset: WriteDataset, tmp_path: Path
) -> None:
    folder = write_dataset()
    text = shown(
        comparison_tables(
            run_comparison(*two_runs(tmp_path), folder), query_texts(read_dataset(folder).corpus)
        )
    )
    assert "2 better, 0 worse, 2 the same" in " ".join(text.split())
    assert "测试平台" in text
    assert "95 % interval" in text
    assert query_texts(read_dataset(folder).corpus)["partner"] == "Lab"


def test_which_queries_moved_is_told_by_any_metric() -> None:
    a = {"x": dict.fromkeys(METRICS, 0.5) | {"R@1": 0.0}, "y": dict.fromkeys(METRICS, 0.5)}
    b = {"x": dict.fromkeys(METRICS, 0.5) | {"R@1": 1.0}, "y": dict.fromkeys(METRICS, 0.5)}
    assert compare("a", a, "b", b).better == ()
    (moved,) = compare("a", a, "b", b, "R@1").better
    assert (moved.query, moved.a, moved.b) == ("x", 0.0, 1.0)
    with pytest.raises(IncomparableError, match=r"there are nDCG@10, R@1"):
        compare("a", a, "b", b, "R@2")


def test_all_queries_that_moved_are_shown_where_that_is_asked_for() -> None:
    a = {f"query-{n:02}": dict.fromkeys(METRICS, 0.0) for n in range(12)}
    b = {query: dict.fromkeys(METRICS, 1.0) for query in a}
    found = compare("a", a, "b", b)
    first, everything = (shown(comparison_tables(found, most=most)) for most in (10, None))
    assert ("query-11" in first, "query-11" in everything) == (False, True)
    assert len(json.loads(comparison_as_json(found))["better"]) == 12


async def test_results_as_json_are_compared_without_the_data_set(
    small: Dataset, tmp_path: Path
) -> None:
    for name, rankings in (("a", GOOD), ("b", BETTER)):
        result = await evaluate(small, [Fixed(rankings)])
        (tmp_path / f"{name}.json").write_text(as_json(result))
    one = run_comparison(tmp_path / "a.json", tmp_path / "b.json")
    assert [moved.query for moved in one.better] == ["chinese", "few"]


def test_a_comparison_may_keep_to_one_split(small: Dataset) -> None:
    figures = {one.id: {"nDCG@10": 1.0} for one in small.corpus.queries}
    halves = [set(of_split(figures, small, split)) for split in ("tune", "report", "other")]
    assert halves[0] | halves[1] == set(figures)
    assert halves[0] & halves[1] == halves[2] == set()


def test_a_result_is_told_from_weights(tmp_path: Path) -> None:
    texts = {"a": '{"format": "hezuo-evaluation-1"}', "b": '{"named": 0}', "c": "[]", "d": "{"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    found = [is_result(tmp_path / name) for name in (*texts, "missing")]
    assert found == [True, False, True, True, True]


def test_a_run_without_its_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="says nothing about what is relevant"):
        run_comparison(*two_runs(tmp_path))


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', json.dumps({"engines": []})])
def test_json_that_is_no_result_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(DatasetError, match="no result of an evaluation"):
        run_comparison(tmp_path / "a.json", tmp_path / "a.json")


@pytest.mark.parametrize(
    ("run", "problem"),
    [
        ({"other": [("lab", 1.0)]}, "no query 'other'"),
        ({"words": [("other", 1.0)]}, "no organisation 'other'"),
    ],
)
def test_a_run_of_another_data_set_is_refused(
    write_dataset: WriteDataset, tmp_path: Path, run: dict[str, Ranking], problem: str
) -> None:
    write_run(tmp_path / "x.trec", run, "x")
    with pytest.raises(DatasetError, match=problem):
        run_comparison(tmp_path / "x.trec", tmp_path / "x.trec", write_dataset())


def test_sides_without_a_common_query_are_refused() -> None:
    with pytest.raises(IncomparableError, match="no query in common"):
        compare("a", {"x": {}}, "b", {"y": {}})


def test_progress_on_a_terminal_shows_stage_and_count() -> None:
    out = StringIO()
    with shown_progress(Console(file=out, force_terminal=True, width=100)) as progress:
        progress("embedding texts", 0, 10)
        progress("embedding texts", 10, 10)
    assert "embedding texts" in out.getvalue()


def test_progress_in_a_log_is_a_line_now_and_then() -> None:
    lines: list[str] = []
    seconds = iter([0.0, 1.0, 5.0, 21.0, 22.0])
    progress = ProgressLines(lines.append, every=15, clock=lambda: next(seconds))
    for done in (0, 4, 20, 21):
        progress("embedding texts", done, 100)
    assert lines == ["embedding texts: 20/100, 1.0/s, 0:01:20 left"]
